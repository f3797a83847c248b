"""The orders of a list: by which columns each sorts, and what it is called."""

from typing import NamedTuple

from django.db.models import F, OrderBy
from django.utils.translation import gettext_lazy

DEFAULT_SORT = "-made"
RELEVANCE = "relevance"


class Column(NamedTuple):
    """A column to sort by, whether it descends, and whether rows without a value, if there are any, come last."""

    name: str
    descends: bool = False
    empty_last: bool = False

    @property
    def order(self) -> str | OrderBy:
        """As a query takes it."""
        if not self.empty_last:
            return f"-{self.name}" if self.descends else self.name
        return F(self.name).desc(nulls_last=True) if self.descends else F(self.name).asc(nulls_last=True)


# Every order ends with it, so that pages neither skip nor repeat.
_CODE = Column("code")
# By the name of an order, its columns; the best match is the search engine's to know.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "-made": (Column("made_start", descends=True), _CODE),
    "made": (Column("made_start"), _CODE),
    "due": (Column("due_end", empty_last=True), _CODE),
    "-due": (Column("due_end", descends=True, empty_last=True), _CODE),
    "-changed": (Column("status_since_start", descends=True, empty_last=True), _CODE),
    "title": (Column("title"), _CODE),
    "code": (_CODE,),
}
# The same as a query takes it, of every order that may be asked for.
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    **{name: tuple(column.order for column in columns) for name, columns in COLUMNS.items()},
    RELEVANCE: (),
}
SORT_LABELS = {
    "-made": gettext_lazy("newest first"),
    "made": gettext_lazy("oldest first"),
    "due": gettext_lazy("next due first"),
    "-due": gettext_lazy("last due first"),
    "-changed": gettext_lazy("latest change of status first"),
    "title": gettext_lazy("by title"),
    "code": gettext_lazy("by code"),
    RELEVANCE: gettext_lazy("best match first"),
}
