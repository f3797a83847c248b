"""Writes a release into a folder: the same bytes from the same data, wherever and whenever it is done."""

import hashlib
import json
import os
import platform
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils import timezone, translation

from commitments import agreement
from commitments.exports import parquet
from commitments.exports.csv import header, written
from commitments.exports.shape import Chunk
from commitments.releases import changelog, codebook, package, texts
from commitments.releases.facts import DATABASE, LICENCE_CODE, Facts
from commitments.releases.known import Known, Said
from commitments.releases.sqlite import SCHEMA, Database
from commitments.releases.table import Table
from commitments.releases.tables import LOG, RECORDS, SHARED, TABLES

CHECKSUMS = "SHA256SUMS"
# The earliest that an archive can say: what changes with the clock is in no file.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class File:
    """One file of a release."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Built:
    """What was written: the files by name, the rows by table, and the programs whose versions the bytes depend on."""

    files: list[File]
    counts: dict[str, int]
    written_with: dict[str, str]


def build(facts: Facts, folder: Path) -> Built:
    """Write every file of the release into the folder, which has to be empty."""
    # In English and by UTC, whoever runs it.
    with translation.override("en"), timezone.override("UTC"):
        known = Known(facts.known_at, facts.as_at)
        counts = _write_tables(facts, known, folder)
        for name, content in _texts(facts, known, counts).items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(data)
        files = _hashed(folder)
        sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
        (folder / CHECKSUMS).write_text(sums, encoding="utf-8", newline="\n")
        _write_archive(folder, archive_name(facts.version))
        return Built(_hashed(folder), counts, written_with())


def archive_name(version: str) -> str:
    """The one file that has all others in it."""
    return f"commitments-{version}.zip"


def written_with() -> dict[str, str]:
    """The programs that write the bytes: with other versions, the same data may give other bytes."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    if parquet.is_available():
        found["pyarrow"] = parquet.version()
    return found


# --- tables ----------------------------------------------------------------------------------------------------------


def _write_tables(facts: Facts, known: Known, folder: Path) -> dict[str, int]:
    """One look at every record, with all its tables at once; then the log, then what they refer to."""
    counts = dict.fromkeys((table.name for table in TABLES), 0)
    with ExitStack() as stack:
        database = stack.enter_context(Database(folder / DATABASE, TABLES))
        files = {table.name: stack.enter_context(TableFiles(facts, table, folder)) for table in TABLES}
        for tables, said in _passes(known):
            for table in tables:
                chunk = table.chunk(known, said, facts.context)
                if len(chunk):
                    files[table.name].write(chunk)
                    database.write(table, chunk)
                    counts[table.name] += len(chunk)
    return counts


def _passes(known: Known) -> Iterator[tuple[Sequence[Table], Sequence[Said]]]:
    for tables in (RECORDS, LOG):
        for said in known.batches():
            yield tables, said
    yield SHARED, ()


class TableFiles:
    """One table's CSV and, where the package is there, its Parquet."""

    def __init__(self, facts: Facts, table: Table, folder: Path) -> None:
        self._facts, self._table, self._folder = facts, table, folder
        self._count = 0

    def __enter__(self) -> "TableFiles":
        self._csv: IO[bytes] = (self._folder / f"{self._table.name}.csv").open("wb")
        self._csv.write(header(self._table.columns))
        path = self._folder / f"{self._table.name}.parquet"
        self._parquet = parquet.Writer(path, self._table.columns) if parquet.is_available() else None
        return self

    def write(self, chunk: Chunk) -> None:
        self._csv.write(written(chunk))
        self._count += len(chunk)
        if self._parquet is not None:
            self._parquet.write(chunk)

    def __exit__(self, *_error: object) -> None:
        self._csv.close()
        if self._parquet is not None:
            said = self._facts.said(self._count, str(self._table.label), str(self._table.definition))
            self._parquet.close(said)


# --- texts -----------------------------------------------------------------------------------------------------------


def _texts(facts: Facts, known: Known, counts: Mapping[str, int]) -> dict[str, str | bytes]:
    log = changelog.changelog(facts, known)
    return {
        "README.md": texts.readme(facts, counts, parquet=parquet.is_available()),
        "LICENSE": texts.licence(facts),
        "CITATION.cff": texts.citation_cff(facts),
        **texts.citations(facts),
        "datapackage.json": dumped(package.datapackage(facts, counts)),
        "metadata.json": dumped(package.datasette(facts)),
        "codebook.json": dumped(codebook.as_json()),
        "codebook.md": codebook.as_markdown(),
        "columns.csv": codebook.columns_csv(),
        "CHANGELOG.md": changelog.markdown(log),
        "changed-statuses.csv": log.statuses_csv,
        "changed-records.csv": changelog.records_csv(log),
        "agreement.json": dumped(_agreement(known)),
        "release.json": dumped(_short(facts, counts)),
    }


def _short(facts: Facts, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "version": facts.version,
        "title": facts.title,
        "known_at": facts.known_at.isoformat(),
        "previous": facts.previous.version if facts.previous else None,
        "address": facts.address,
        "licence": LICENCE_CODE,
        "codebook_version": facts.codebook_version,
        "schema": SCHEMA,
        "rows": dict(counts),
        "written_with": written_with(),
    }


def _agreement(known: Known) -> dict[str, Any]:
    """How far two assessors agreed by then, over all and record by record."""
    records = agreement.known_at(known.known_at, known.codes)
    everything = agreement.Agreement([pair for one in records.values() for pair in one.pairs])
    return {
        **_figures(everything),
        "records": [{"code": code, **_figures(records[code])} for code in sorted(records)],
    }


def _figures(found: agreement.Agreement) -> dict[str, Any]:
    return {
        "n": found.n,
        "agreed": found.agreed,
        "percent": found.percent,
        "cohens_kappa": found.kappa,
        "krippendorffs_alpha_ordinal": found.alpha,
        "krippendorffs_alpha_nominal": found.alpha_nominal,
    }


def dumped(content: Any) -> str:
    """JSON for people and programs, in the order in which it was made."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


# --- files -----------------------------------------------------------------------------------------------------------


def _hashed(folder: Path) -> list[File]:
    """Every file of the folder, by name."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return [File(path.name, path.stat().st_size, sha256(path)) for path in paths]


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_archive(folder: Path, name: str) -> None:
    """All files in one, with fixed times and permissions, in a folder of the release's name."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    top = name.removesuffix(".zip")
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(f"{top}/{path.name}", _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # As Unix: a plain file that everybody may read.
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as into:
                while piece := file.read(_PIECE):
                    into.write(piece)


def synced(folder: Path) -> None:
    """Leave nothing of the folder's files in memory alone."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
