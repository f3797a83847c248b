"""Citations as BibTeX, RIS, CSL-JSON and as a line of text."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.characters import one_line
from commitments.citations.words import day_in_words
from commitments.citations.works import Work


@dataclass(frozen=True)
class Form:
    """How a file's name ends, what the form is called, its media type, and what writes a work in it."""

    ending: str
    label: str | Promise
    media_type: str
    write: Callable[[Work], str]


def plain(work: Work) -> str:
    """One line, for a footnote."""
    issued = day_in_words(work.issued)
    # A list says in its version what it was looked at from.
    when = work.version if issued in work.version else f"{work.version}, {issued}"
    return one_line(
        _("%(author)s, “%(title)s”, %(when)s. %(more)s%(url)s (read %(accessed)s).")
        % {
            "author": work.author,
            "title": work.title,
            "when": when,
            "more": "".join(f"{part}. " for part in ((work.container,) if work.kind == "record" else ()) + work.notes),
            "url": work.url,
            "accessed": day_in_words(work.accessed),
        }
    )


# --- BibTeX ------------------------------------------------------------------------------------------------------

# What TeX reads as something else than itself. Other letters stay as they are, in UTF-8.
_TEX = {
    "\\": r"\textbackslash{}",
    # Not as \{: BibTeX counts braces also behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_TABLE = str.maketrans(_TEX)
# Within \url and url fields TeX takes signs as they are, but a brace would end the field and a % begin a comment.
_URL_TABLE = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(work: Work) -> str:
    """An entry of type `misc`, with the fields that both BibTeX and BibLaTeX read."""
    fields = {
        "author": f"{{{_tex(work.author)}}}",
        # Braced once more, so that no style makes small letters of names.
        "title": f"{{{_tex(work.title)}}}",
        "year": f"{work.issued:%Y}",
        "month": f"{work.issued.month}",
        "date": work.issued.isoformat(),
        "version": _tex(work.version),
        "howpublished": _tex(work.container),
        "note": _tex(". ".join((work.version, *work.notes))),
        "url": one_line(work.url).translate(_URL_TABLE),
        "urldate": work.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{work.key},", *lines, "}", ""])


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX_TABLE)


# --- RIS ---------------------------------------------------------------------------------------------------------

_RIS_TYPES = {"record": "ELEC", "dataset": "DATA"}


def ris(work: Work) -> str:
    """Lines of a tag and a value, ended as the form demands."""
    lines = [
        ("TY", _RIS_TYPES[work.kind]),
        ("ID", work.key),
        # A comma would part family names from given names.
        ("AU", work.author.replace(",", " ")),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", f"{work.issued:%Y}"),
        ("DA", f"{work.issued:%Y/%m/%d}"),
        ("Y2", f"{work.accessed:%Y/%m/%d}"),
        ("ET", work.version),
        *(("N1", note) for note in work.notes),
        ("UR", work.url),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {one_line(value)}\r\n" for name, value in lines)


# --- CSL-JSON ----------------------------------------------------------------------------------------------------

_CSL_TYPES = {"record": "webpage", "dataset": "dataset"}


def csl(work: Work) -> str:
    """A list of one item, as the Citation Style Language has it."""
    item = {
        "id": work.key,
        "type": _CSL_TYPES[work.kind],
        "author": [{"literal": work.author}],
        "title": one_line(work.title),
        "container-title": work.container,
        "publisher": work.author,
        "issued": {"date-parts": [_parts(work.issued)]},
        "accessed": {"date-parts": [_parts(work.accessed)]},
        "version": work.version,
        "note": ". ".join(work.notes),
        "URL": work.url,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _parts(day: dt.date) -> list[int]:
    return [day.year, day.month, day.day]


def _text(work: Work) -> str:
    return f"{plain(work)}\n"


FORMS: dict[str, Form] = {
    one.ending: one
    for one in (
        Form("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
        Form("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
        Form("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
        Form("txt", gettext_lazy("Plain text"), "text/plain; charset=utf-8", _text),
    )
}
