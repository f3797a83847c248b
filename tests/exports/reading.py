"""Files as tests read them."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pyarrow.parquet
from django.http import HttpResponseBase

type Rows = list[dict[str, Any]]


def content(response: HttpResponseBase) -> bytes:
    """Everything that a response holds."""
    streamed = getattr(response, "streaming_content", None)
    return response.content if streamed is None else b"".join(streamed)  # type: ignore[attr-defined]


def of_csv(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def of_xlsx(data: bytes) -> Rows:
    """The rows of the first sheet."""
    header, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def of_json(data: bytes) -> Rows:
    found: Rows = json.loads(data)["results"]
    return found


def of_jsonl(data: bytes) -> Rows:
    return [json.loads(line) for line in data.splitlines()]


def of_parquet(data: bytes) -> Rows:
    found: Rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return found


def of_zip(data: bytes) -> Rows:
    archive = zipfile.ZipFile(io.BytesIO(data))
    (name,) = set(archive.namelist()) - {"columns.csv", "README.txt"}
    return of_csv(archive.read(name))


READERS = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "json": of_json,
    "jsonl": of_jsonl,
    "parquet": of_parquet,
    "zip": of_zip,
}
