"""Citations are read by others: by BibTeX's and RIS's own readers, and as the schema of CSL-JSON demands."""

import datetime as dt
import json

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from commitments.citations import FORMS, Work, of_release, plain
from commitments.models import Release

DAY = dt.date(2024, 3, 7)
# What the schema of CSL-JSON (csl-data.json) allows of what is used here.
CSL_TYPES = {"webpage", "dataset"}
CSL_STRINGS = {"title", "container-title", "publisher", "version", "note", "URL"}
ODD = "100% of {A & B}_1 \\ ~ ^ $5 #2 “ÄЖқ”\n}{ \x07"


def work(**changes: object) -> Work:
    fields: dict[str, object] = {
        "kind": "record",
        "identifier": "C5-01-v3",
        "title": "Open a dialogue (C5-01)",
        "container": "Commitments",
        "issued": DAY,
        "accessed": dt.date(2024, 12, 1),
        "version": "revision 3",
        "url": "https://tracker.example/commitments/C5-01/v3/?a=%20b&c=d_e",
        "notes": ("SHA-256 " + "ab" * 32,),
    }
    return Work(**{**fields, **changes})  # type: ignore[arg-type]


def test_plain_text_is_one_line_with_address_hash_and_day() -> None:
    assert plain(work()) == (
        "Commitment tracker, “Open a dialogue (C5-01)”, revision 3, 7 March 2024. Commitments. SHA-256 "
        + "ab" * 32
        + ". https://tracker.example/commitments/C5-01/v3/?a=%20b&c=d_e (read 1 December 2024)."
    )


@given(title=st.text(max_size=60) | st.just(ODD))
def test_bibtex_is_read_whatever_the_title_holds(title: str) -> None:
    library = parse_string(FORMS["bib"].write(work(title=f"A {title}")))

    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert entry.key == "C5-01-v3"
    assert entry.entry_type == "misc"
    assert fields["url"] == work().url
    assert fields["urldate"] == "2024-12-01"
    assert (fields["year"], fields["month"], fields["date"]) == ("2024", "3", "2024-03-07")
    assert fields["author"] == "{Commitment tracker}"
    assert "SHA-256" in fields["note"]


def test_bibtex_says_what_tex_would_misread_by_its_name() -> None:
    written = FORMS["bib"].write(work(title=ODD))

    assert (
        r"title = {{100\% of \textbraceleft{}A \& B\textbraceright{}\_1 \textbackslash{} \textasciitilde{} "
        r"\textasciicircum{} \$5 \#2 “ÄЖқ” \textbraceright{}\textbraceleft{}}}"
    ) in written


@given(title=st.text(max_size=60) | st.just(ODD))
def test_ris_is_read_whatever_the_title_holds(title: str) -> None:
    written = FORMS["ris"].write(work(title=f"A {title}", kind="dataset"))

    (entry,) = rispy.loads(written)
    assert written.count("\r\n") == written.count("\n") == len(written.splitlines()) == 12
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"].startswith("A")
    assert entry["authors"] == ["Commitment tracker"]
    assert entry["year"] == "2024"
    assert entry["urls"] == [work().url]
    assert entry["id"] == "C5-01-v3"
    assert entry["notes"] == ["SHA-256 " + "ab" * 32]


def test_csl_keeps_to_its_schema() -> None:
    for kind in ("record", "dataset"):
        (item,) = json.loads(FORMS["json"].write(work(title=ODD, kind=kind)))
        assert item["type"] in CSL_TYPES
        assert isinstance(item["id"], str)
        assert item.keys() == {"id", "type", "author", "issued", "accessed", *CSL_STRINGS}
        assert all(isinstance(item[name], str) for name in CSL_STRINGS)
        assert item["author"] == [{"literal": "Commitment tracker"}]
        for name, parts in (("issued", [2024, 3, 7]), ("accessed", [2024, 12, 1])):
            assert item[name] == {"date-parts": [parts]}


@pytest.mark.parametrize("form", list(FORMS))
def test_a_release_is_cited_by_its_version_and_checksum(form: str) -> None:
    moment = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    release = Release(version="2026.11", known_at=moment, released_at=moment)
    cited = of_release(release, url="https://tracker.example/data/2026.11/", accessed=DAY, sha256="cd" * 32)

    written = FORMS[form].write(cited)

    for words in ("2026.11", "cd" * 32, "https://tracker.example/data/2026.11/"):
        assert words in written
    assert cited.key == "commitments-2026-11"
