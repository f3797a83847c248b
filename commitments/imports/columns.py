"""How cells are read: as the model's own fields read them, and as the few kinds of text that no field knows."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from commitments.uncertain_dates import UncertainDate

SEPARATOR = ";"


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """The model's field of this name. Raises `TypeError` for a relation or a many-to-many."""
    field = model._meta.get_field(name)
    if not isinstance(field, Field) or field.is_relation:
        message = f"{model.__name__}.{name} is no plain field."
        raise TypeError(message)
    return field


def reader(field: "Field[Any, Any]") -> Callable[[str], Any]:
    """Read a cell as this field would: type, length, codelist and validators."""
    codes = None if field.choices is None else [str(code) for code, _label in field.flatchoices]

    def read(text: str) -> Any:
        if codes is not None and text not in codes:
            message = _("This is no code of the list: write one of %(codes)s.") % {"codes": ", ".join(codes)}
            raise ValidationError(message)
        return field.clean(text, None)

    return read


def empty_value(field: "Field[Any, Any]") -> Any:
    """What an empty cell means for this field: no value at all where the column may be null, else no text."""
    return None if field.null else ""


def uncertain_date(text: str) -> UncertainDate:
    """Read a date as exact as it is written. Raises `ValueError`."""
    return UncertainDate.parse(text)


def yes(text: str) -> bool:
    """Read a cell that says yes or, when empty, no. Raises `ValueError` for anything else."""
    if text != "yes":
        raise ValueError(_("Write yes, or leave the cell empty."))
    return True


def words(text: str) -> list[str]:
    """Read several values separated by semicolons. Raises `ValueError` when one is empty or stands there twice."""
    found = [word.strip() for word in text.split(SEPARATOR)]
    if not all(found):
        raise ValueError(_("Nothing stands between two semicolons: remove one."))
    if len(set(found)) < len(found):
        raise ValueError(_("A value stands there twice: remove one."))
    return found
