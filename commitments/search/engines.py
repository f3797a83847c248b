"""The two engines: what a query is in each one's language, and the conditions that find and rank.

Everything is split and stemmed in Python (`words.py`, `query.py`), so that both have only to look words up.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from django.db import connections
from django.db.models.expressions import RawSQL

from commitments import fulltext
from commitments.search.entries import AS_WRITTEN
from commitments.search.query import Term
from commitments.search.words import stem


class Engine(ABC):
    """One database's full-text search."""

    # The table that is searched, its key to the commitment, the condition with one parameter, and how well a row fits:
    # the smaller the better. A hit in the title weighs ten times one in the body.
    table: ClassVar[str]
    key: ClassVar[str]
    condition: ClassVar[str]
    rank: ClassVar[str]
    rank_parameters: ClassVar[int]
    both: ClassVar[str]
    either: ClassVar[str]

    def query(self, terms: Sequence[Term]) -> str:
        """The query that wants all of these terms, for the condition's parameter."""
        return self.both.join(f"({self.either.join(self.phrase(*way) for way in _ways(term))})" for term in terms)

    @abstractmethod
    def phrase(self, stems: Sequence[str], is_beginning: bool) -> str:
        """These words side by side; with `is_beginning`, the last is the beginning of a word."""


class SQLite(Engine):
    """FTS5: a phrase is a quoted string, a star after it makes its last word a beginning."""

    table = fulltext.INDEX
    key = f"{fulltext.INDEX}.rowid"
    condition = f"{fulltext.INDEX} MATCH %s"
    rank = f"bm25({fulltext.INDEX}, 10.0, 1.0)"
    rank_parameters = 0
    both, either = " AND ", " OR "

    def phrase(self, stems: Sequence[str], is_beginning: bool) -> str:
        # Stems have letters and digits alone: nothing in them could end the quotation.
        return f'"{" ".join(stems)}"{"*" if is_beginning else ""}'


class PostgreSQL(Engine):
    """A stored tsvector: a phrase is joined by `<->`, `:*` makes a word a beginning."""

    table = fulltext.ENTRIES
    key = f"{fulltext.ENTRIES}.commitment_id"
    condition = f"{fulltext.ENTRIES}.{fulltext.WORDS} @@ %s::tsquery"
    # By the weights D, C, B and A of the column. Length alone does not win.
    rank = f"-ts_rank('{{0, 0, 0.1, 1.0}}', {fulltext.ENTRIES}.{fulltext.WORDS}, %s::tsquery, 1)"
    rank_parameters = 1
    both, either = " & ", " | "

    def phrase(self, stems: Sequence[str], is_beginning: bool) -> str:
        return f"({' <-> '.join(f"'{one}'" for one in stems)}{':*' if is_beginning else ''})"


def _ways(term: Term) -> list[tuple[tuple[str, ...], bool]]:
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


def holding(terms: Sequence[Term], using: str) -> RawSQL:
    """The ids of the commitments whose entries hold all of these terms, as a subquery."""
    chosen = engine(using)
    return RawSQL(f"SELECT {chosen.key} FROM {chosen.table} WHERE {chosen.condition}", [chosen.query(terms)])
