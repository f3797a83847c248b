"""The file of a backup: a compressed tar of its members, and last a manifest with the SHA-256 of each.

The manifest is written last, so that a file that was cut short has none.
"""

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from commitments.backups.errors import NotDone
from commitments.backups.sealing import MAGIC, Opener, Sealer
from commitments.disks import refusal

FORM = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FOLDERS = ("captures", "releases")
BLOCK = 1 << 20
LARGEST_MANIFEST = 512 << 20


@dataclass
class Manifest:
    """What a backup holds: of when, of which database, how many rows each table has, and every member's SHA-256."""

    made_at: str
    vendor: str
    migrations: list[str]
    rows: dict[str, int]
    members: dict[str, str] = field(default_factory=dict)
    form: int = FORM


@contextmanager
def writing(file: BinaryIO, manifest: Manifest, key: str) -> Iterator["Writer"]:
    """Members are added within; the manifest, with what they hold, is written at the end."""
    sealer = Sealer(file, key) if key else None
    target: Any = sealer or file
    with tarfile.open(fileobj=target, mode="w|gz", compresslevel=3, format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar, manifest)
        content = json.dumps(asdict(manifest), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        tar.addfile(entry, BytesIO(content))
    if sealer:
        sealer.close()


class Writer:
    """Adds members to a backup."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar, self._manifest = tar, manifest

    def add(self, name: str, path: Path) -> None:
        """A file, under a name, as it is while it is read."""
        with path.open("rb") as file:
            entry = self._tar.gettarinfo(arcname=name, fileobj=file)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            reader = _Hashing(file)
            self._tar.addfile(entry, reader)
        self._manifest.members[name] = reader.hash.hexdigest()


class _Hashing:
    """A file that takes the hash of what is read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        return data


def unpack(path: Path, into: Path, key: str) -> Manifest:
    """Write every member of a backup into an empty folder, and prove it. Raises `NotDone` where it is not as it was."""
    try:
        with path.open("rb") as file:
            source = _opened(file, key)
            with closing(tarfile.open(fileobj=source, mode="r|gz")) as tar:
                hashes, manifest = _take_members(tar, into)
            # To the end: what follows the tar is part of what the seal proves.
            while source.read(BLOCK):
                pass
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        # That it is no gzip is said without a number. Whatever has one the system says, as of a full disk.
        if isinstance(error, OSError) and error.errno is not None:
            raise NotDone(f"{refusal(error, into)} Nothing was changed.") from error
        raise NotDone(f"The backup is damaged or cut short ({error}). Nothing was changed.") from error
    if manifest is None:
        raise NotDone("The backup is cut short: it has no manifest. Nothing was changed.")
    found = _read(manifest)
    _prove(found, hashes)
    return found


def _opened(file: BinaryIO, key: str) -> Any:
    if file.read(len(MAGIC)) != MAGIC:
        file.seek(0)
        return file
    if not key:
        raise NotDone("The backup is encrypted: set BACKUP_KEY to the key that it was made with.")
    return Opener(file, key)


def _take_members(tar: tarfile.TarFile, into: Path) -> tuple[dict[str, str], bytes | None]:
    hashes: dict[str, str] = {}
    manifest: bytes | None = None
    for entry in tar:
        content = tar.extractfile(entry) if entry.isfile() else None
        if content is None or not _is_known(entry.name) or entry.name in hashes:
            raise NotDone(f"The backup holds {entry.name!r}, which no backup does. Nothing was changed.")
        if entry.name == MANIFEST:
            manifest = content.read(LARGEST_MANIFEST)
            continue
        target = into / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        taken = hashlib.sha256()
        with target.open("wb") as file:
            while block := content.read(BLOCK):
                taken.update(block)
                file.write(block)
        hashes[entry.name] = taken.hexdigest()
    return hashes, manifest


def _is_known(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_within = "/".join(parts) == name and not {"..", "."} & set(parts) and not name.startswith("/")
    return is_within and (name in (MANIFEST, DATABASE) or (parts[0] in FOLDERS and len(parts) > 1))


def _read(content: bytes) -> Manifest:
    try:
        found: Mapping[str, Any] = json.loads(content)
        manifest = Manifest(**found)
    except (ValueError, TypeError) as error:
        raise NotDone("The backup's manifest cannot be read. Nothing was changed.") from error
    if manifest.form != FORM:
        raise NotDone(f"The backup has form {manifest.form}, and this version of the site reads form {FORM}.")
    return manifest


def _prove(manifest: Manifest, hashes: Mapping[str, str]) -> None:
    wrong = sorted(
        name for name in manifest.members.keys() | hashes.keys() if manifest.members.get(name) != hashes.get(name)
    )
    if DATABASE not in hashes:
        wrong.insert(0, DATABASE)
    if wrong:
        raise NotDone(
            f"The backup is damaged: {', '.join(wrong[:5])} is not what the manifest says. Nothing was changed."
        )
