"""What a seed file and its columns are, and the kinds of columns that there are."""

import re
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.imports.columns import empty_value, field_of, reader, uncertain_date, words
from commitments.imports.table import Column

_KEY = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", re.ASCII)
KEY_LENGTH = 80


@dataclass(frozen=True)
class SeedColumn(Column):
    """A column, the model's attribute that it fills (none where empty), and the files whose keys it names."""

    attribute: str = ""
    refers_to: tuple[str, ...] = ()
    is_many: bool = False


@dataclass(frozen=True)
class SeedFile:
    """One file: its rows are rows of `model`, told apart by the `key` columns.

    `part_of` is the column that names the record on which a row hangs, as an amount on its commitment. Such rows are
    written with that record or, where `later`, once every record they may refer to is there. Rows of a `numbered` file
    with the same key are told apart by their order.
    """

    name: str
    model: type[Model]
    columns: tuple[SeedColumn, ...]
    key: tuple[str, ...]
    part_of: str = ""
    later: bool = False
    numbered: bool = False

    @property
    def whole(self) -> str:
        """The file of the records on which these rows hang, or nothing."""
        return self.column(self.part_of).refers_to[0] if self.part_of else ""

    def column(self, name: str) -> SeedColumn:
        return next(column for column in self.columns if column.name == name)

    def column_for(self, attribute: str) -> str:
        """The name of the column that fills this attribute of the model, or nothing."""
        names = [column.name for column in self.columns if attribute and column.attribute == attribute]
        return names[0] if names else ""


def columns_of(model: type[Model], *names: str) -> tuple[SeedColumn, ...]:
    """Columns named like the model's fields; one that the model wants filled must be."""
    columns = []
    for name in names:
        field = field_of(model, name)
        columns.append(SeedColumn(name, reader(field), not field.blank, empty_value(field), attribute=name))
    return tuple(columns)


def column_of(name: str, model: type[Model], attribute: str, *, required: bool = False) -> SeedColumn:
    """A column that fills a field of the model, named otherwise than it or required where the model does not."""
    field = field_of(model, attribute)
    return SeedColumn(name, reader(field), required or not field.blank, empty_value(field), attribute=attribute)


def date(name: str, *, required: bool = False) -> SeedColumn:
    """An uncertain date."""
    return SeedColumn(name, uncertain_date, required, None, attribute=name)


def reference(name: str, *files: str, attribute: str = "", required: bool = True) -> SeedColumn:
    """The key of a row of one of these files."""
    return SeedColumn(name, str, required, "", attribute=attribute or name, refers_to=files)


def references(name: str, *files: str) -> SeedColumn:
    """Any number of keys, for a many-to-many field."""
    return SeedColumn(name, words, required=False, empty=[], attribute=name, refers_to=files, is_many=True)


def unstored(name: str) -> SeedColumn:
    """A column that helps people to read the file."""
    return SeedColumn(name)


def own_key(name: str = "key") -> SeedColumn:
    """The name by which other files refer to a row whose record has none of its own."""
    return SeedColumn(name, _read_key, required=True)


def _read_key(text: str) -> str:
    if not _KEY.fullmatch(text) or len(text) > KEY_LENGTH:
        message = _("A key has letters and digits in parts joined by hyphens, %(length)d characters at most.")
        raise ValueError(message % {"length": KEY_LENGTH})
    return text
