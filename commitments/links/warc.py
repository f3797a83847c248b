"""Captures as files: WARC 1.1 (ISO 28500), each record packed by itself, written whole or not at all."""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from commitments.disks import sync
from commitments.links.capturing import Exchange, Fetched, Headers
from commitments.links.checking import user_agent

VERSION = "1.1"
SUFFIX = ".warc.gz"
MADE = 0o640
# The answer is kept without the chunks that it came in, so its headers must not promise them.
_TRANSPORT = "transfer-encoding"


class NotReadable(Exception):
    """A file is not there, or is no capture."""


@dataclass(frozen=True)
class Payload:
    """The document within a capture."""

    sha256: str
    size: int


def write(fetched: Fetched, folder: Path, name: str) -> None:
    """Write a capture to `folder`/`name`: aside first, to the disk, then under its name. Raises `OSError`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".capture-", delete=False) as file:
        try:
            _write_records(file, fetched, path.name)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(MADE)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    sync(path.parent)


def payload(folder: Path, name: str) -> Payload:
    """The hash and size of the document in a capture: the body of its last response. Raises `NotReadable`."""
    path = within(folder, name)
    found: Payload | None = None
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                body = _read(record.raw_stream)
                found = body if record.rec_type == "response" else found
    except (OSError, ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        raise NotReadable(f"{type(error).__name__}: {error}") from error
    if found is None:
        raise NotReadable("It holds no response.")
    return found


def within(folder: Path, name: str) -> Path:
    """The path of a capture. Raises `NotReadable` for a name that leads out of the folder."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise NotReadable("Its name leads out of the folder of captures.")
    return path


def files(folder: Path) -> Iterator[str]:
    """The names of all captures in a folder."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield path.relative_to(folder).as_posix()


def _write_records(file: IO[bytes], fetched: Fetched, name: str) -> None:
    writer = WARCWriter(file, gzip=True, warc_version=VERSION)
    info = {"software": user_agent(), "format": f"WARC File Format {VERSION}", "robots": "obey noarchive"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    for exchange in fetched.exchanges:
        about = {
            "WARC-Date": f"{exchange.asked_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            "WARC-IP-Address": exchange.address,
        }
        response = writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=_response_head(exchange),
            warc_headers_dict=about,
        )
        request = writer.create_warc_record(
            exchange.url,
            "request",
            http_headers=StatusAndHeaders(exchange.request_line, exchange.request_headers, is_http_request=True),
            warc_headers_dict=dict(about),
        )
        writer.write_request_response_pair(request, response)


def _response_head(exchange: Exchange) -> StatusAndHeaders:
    reason = "".join(letter for letter in exchange.reason if letter.isascii() and letter.isprintable())
    headers: Headers = [
        (f"X-Original-{key}" if key.lower() == _TRANSPORT else key, " ".join(value.split()))
        for key, value in exchange.headers
    ]
    return StatusAndHeaders(f"{exchange.status} {reason}".strip(), headers, protocol="HTTP/1.1")


def _read(stream: Any) -> Payload:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(64 * 1024):
        digest.update(chunk)
        size += len(chunk)
    return Payload(digest.hexdigest(), size)
