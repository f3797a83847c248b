"""The two engines: what a query is in each one's language, and the conditions that find and rank.

Everything is split and stemmed in Python (`words.py`, `query.py`), so that both have only to look words up.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.db import connections
from django.db.models.expressions import RawSQL

from commitments import fulltext
from commitments.search.entries import AS_WRITTEN
from commitments.search.query import Term
from commitments.search.words import stem


class Engine(ABC):
    """One database's full-text search."""

    # The table that is searched, its key to the commitment, and the condition with one parameter.
    table: ClassVar[str]
    key: ClassVar[str]
    condition: ClassVar[str]
    both: ClassVar[str]
    either: ClassVar[str]

    def query(self, terms: Sequence[Term], *, in_title: bool = False) -> str:
        """The query that wants all of these terms, anywhere or in the title, for the condition's parameter."""
        return self.both.join(
            f"({self.either.join(self.phrase(*way, in_title=in_title) for way in ways(term))})" for term in terms
        )

    @abstractmethod
    def phrase(self, stems: Sequence[str], is_beginning: bool, *, in_title: bool) -> str:
        """These words side by side; with `is_beginning`, the last is the beginning of a word."""


class SQLite(Engine):
    """FTS5: a phrase is a quoted string, a star after it makes its last word a beginning."""

    table = fulltext.INDEX
    key = f"{fulltext.INDEX}.rowid"
    condition = f"{fulltext.INDEX} MATCH %s"
    both, either = " AND ", " OR "

    def phrase(self, stems: Sequence[str], is_beginning: bool, *, in_title: bool) -> str:
        # Stems have letters and digits alone: nothing in them could end the quotation.
        return f'{"title : " if in_title else ""}"{" ".join(stems)}"{"*" if is_beginning else ""}'


class PostgreSQL(Engine):
    """A stored tsvector: a phrase is joined by `<->`, `:*` makes a word a beginning."""

    table = fulltext.ENTRIES
    key = f"{fulltext.ENTRIES}.commitment_id"
    condition = f"{fulltext.ENTRIES}.{fulltext.WORDS} @@ %s::tsquery"
    both, either = " & ", " | "

    def phrase(self, stems: Sequence[str], is_beginning: bool, *, in_title: bool) -> str:
        # Words of the title have the weight A.
        weight = "A" if in_title else ""
        words = [f"'{one}'{f':{weight}' if weight else ''}" for one in stems[:-1]]
        last = f"{weight}{'*' if is_beginning else ''}"
        return f"({' <-> '.join([*words, f"'{stems[-1]}'{f':{last}' if last else ''}"])})"


def ways(term: Term) -> list[tuple[tuple[str, ...], bool]]:
    """The phrases any of which is this term, each with whether its last word is a beginning."""
    if not term.beginning:
        return [(term.stems, False)]
    ways = [((*term.stems, term.beginning), True), ((*term.stems, stem(term.beginning)), False)]
    if not term.stems:
        ways.append(((f"{AS_WRITTEN}{term.beginning}",), True))
    return ways


_ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def engine(using: str) -> Engine:
    """The engine of a database by its alias."""
    return _ENGINES[connections[using].vendor]


def holding(terms: Sequence[Term], using: str, *, in_title: bool = False) -> RawSQL:
    """The ids of the commitments whose entries hold all of these terms, as a subquery."""
    chosen = engine(using)
    return RawSQL(
        f"SELECT {chosen.key} FROM {chosen.table} WHERE {chosen.condition}", [chosen.query(terms, in_title=in_title)]
    )


def keys_holding(term: Term, *, using: str, in_title: bool = False) -> Iterator[int]:
    """The ids of the commitments whose entries hold this term."""
    chosen = engine(using)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT {chosen.key} FROM {chosen.table} WHERE {chosen.condition}",
            [chosen.query([term], in_title=in_title)],
        )
        yield from (pk for (pk,) in cursor)
