"""What a request asks for: strictly. Whatever is not understood is named in the answer, and nothing is guessed."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.api.problems import Refused
from commitments.entries import OWN, Entries, entries, given
from commitments.filters import MOMENTS, CommitmentFilter, Ignored
from commitments.parameters import MAX_VALUES

FIELDS, PAGE_SIZE, CURSOR = "fields", "page_size", "cursor"
DEFAULT_SIZE, MOST = 50, 200
# The direction, and the key from which it goes.
CURSOR_PATTERN = r"[ab][1-9][0-9]{0,17}"
SIZE_PATTERN = r"[1-9][0-9]{0,2}"
# The list's parameters that choose a page or an order: the API has its own.
_NOT_HERE = ("sort", "page")

type Problems = dict[str, list[str]]


@dataclass(frozen=True)
class Cursor:
    """After the record of this key, or before it."""

    is_before: bool
    key: int


@dataclass(frozen=True)
class Asked:
    """A request's parameters, understood. Without those of the list, `filter` is that of all commitments."""

    filter: CommitmentFilter
    fields: frozenset[str]
    entries: Entries
    cursor: Cursor | None = None
    size: int = DEFAULT_SIZE


def read(query: QueryDict, *, takes: Collection[str], fields: Collection[str]) -> Asked:
    """What a query asks of an address that takes these parameters and gives these fields. Raises `Refused`."""
    problems: Problems = defaultdict(list)
    for name, values in query.lists():
        if name not in takes:
            problems[_shown(name)].append(_unknown(name))
        elif not all(value.strip() for value in values):
            problems[name].append(_("It is empty. Leave it out, or give it a value."))
        elif len(values) > MAX_VALUES:
            problems[name].append(_("It has more than %(number)d values.") % {"number": MAX_VALUES})
    rest = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in takes and name not in (FIELDS, PAGE_SIZE, CURSOR, *OWN):
            rest.setlist(name, values)
    commitment_filter = CommitmentFilter(rest, today=timezone.localdate())
    asked_entries = entries(commitment_filter, {name: values for name, values in given(query).items() if name in takes})
    _add(problems, asked_entries.ignored)
    asked = Asked(
        filter=commitment_filter,
        fields=_fields(query, fields, problems),
        entries=asked_entries,
        cursor=_cursor(query, problems),
        size=_size(query, problems),
    )
    if problems:
        raise Refused({name: list(dict.fromkeys(said)) for name, said in problems.items()})
    return asked


def _add(problems: Problems, ignored: Collection[Ignored]) -> None:
    for one in ignored:
        problems[one.parameter].append(f"{_shown(one.value)}: {one.reason}" if one.value else one.reason)


def _shown(text: str) -> str:
    """What a stranger sent, cut to what an answer may repeat."""
    return text[:100].encode("utf-8", "replace").decode()


def _unknown(name: str) -> str:
    if name in _NOT_HERE:
        return _("The API gives every list in one order, page by page: follow “next”.")
    return _("There is no such parameter here.")


def _single(query: QueryDict, name: str, pattern: str, problems: Problems) -> str | None:
    """The one value of a parameter, if it has the form that it should have."""
    values = query.getlist(name)
    if not values:
        return None
    if len(values) > 1:
        problems[name].append(_("It was given more than once."))
    elif not re.fullmatch(pattern, values[0], re.ASCII):
        problems[name].append(_("“%(value)s” is not what it should look like.") % {"value": _shown(values[0])})
    else:
        return values[0]
    return None


def _cursor(query: QueryDict, problems: Problems) -> Cursor | None:
    text = _single(query, CURSOR, CURSOR_PATTERN, problems)
    return Cursor(text.startswith("b"), int(text[1:])) if text else None


def _size(query: QueryDict, problems: Problems) -> int:
    text = _single(query, PAGE_SIZE, SIZE_PATTERN, problems)
    if text is not None and int(text) > MOST:
        problems[PAGE_SIZE].append(_("A page has at most %(number)d rows.") % {"number": MOST})
    return int(text) if text else DEFAULT_SIZE


def _fields(query: QueryDict, known: Collection[str], problems: Problems) -> frozenset[str]:
    """The fields asked for, separated by commas; all of them unless said."""
    if FIELDS not in query:
        return frozenset(known)
    names = [name for value in query.getlist(FIELDS) for name in value.split(",")]
    for name in names:
        if name not in known:
            problems[FIELDS].append(_("There is no field “%(name)s” here.") % {"name": _shown(name)})
    return frozenset(names)


# What the parts of the API take.
OF_A_LIST = (*(name for name in CommitmentFilter.base_filters if name not in _NOT_HERE),)
OF_A_PAGE = (CURSOR, PAGE_SIZE, FIELDS)
OF_A_RECORD = (*MOMENTS, FIELDS)
