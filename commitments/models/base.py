"""What several nouns share: append-only rows, and dates as exact as their source."""

import datetime as dt
from typing import Any, NoReturn, Self, overload

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import DatePrecision, DefinedChoices
from commitments.uncertain_dates import UncertainDate

CODE_LENGTH = 40
PRECISION_LENGTH = 7
CHOICE_LENGTH = 24

# What stands in the address of a page, in the one way in which it is written.
CODE_VALIDATOR = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)+\Z",
    _("A code has capital letters and digits in parts joined by hyphens, such as C51-2023-01."),
)
SLUG_VALIDATOR = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("A name in addresses has small letters and digits in parts joined by hyphens, such as c5-plus-1."),
)


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row of history. Put a mistake right with a new row and a reason."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__} is history: add a row that corrects it instead of changing or deleting one."
        )


class AppendOnlyQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that are added and read. Triggers say the same to whoever goes past Django (`guards.py`)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(self.model)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> NoReturn:
        raise AppendOnlyError(self.model)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        # An upsert would rewrite rows through the back door.
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True
        # Relations and refreshes go through the guarded manager, which every such model names `objects`.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(type(self))


class VersionedModel(models.Model):
    """A row that counts its writes, so that a form can tell whether somebody else saved since it was opened."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class OptionalUncertainDateAttribute:
    """`row.due` as one `UncertainDate`, or None, over the columns `due_start`, `due_end` and `due_precision`.

    The end is stored beside the start so that both databases can compare and index it.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def columns(self) -> list[str]:
        """The names of its columns, as for `save(update_fields=…)`."""
        return [f"{self.name}_start", f"{self.name}_end", f"{self.name}_precision"]

    @overload
    def __get__(self, row: None, owner: type[models.Model]) -> Self: ...
    @overload
    def __get__(self, row: models.Model, owner: type[models.Model]) -> UncertainDate | None: ...
    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Self | UncertainDate | None:
        if row is None:
            return self
        start: dt.date | None = getattr(row, f"{self.name}_start")
        if start is None:
            return None
        return UncertainDate(start, DatePrecision(getattr(row, f"{self.name}_precision")))

    def __set__(self, row: models.Model, value: UncertainDate | None) -> None:
        setattr(row, f"{self.name}_start", value and value.start)
        setattr(row, f"{self.name}_end", value and value.end)
        setattr(row, f"{self.name}_precision", value.precision if value else "")


class UncertainDateAttribute(OptionalUncertainDateAttribute):
    """The same for a date that every saved row has. Reading it before it was set raises `ValueError`."""

    @overload
    def __get__(self, row: None, owner: type[models.Model]) -> Self: ...
    @overload
    def __get__(self, row: models.Model, owner: type[models.Model]) -> UncertainDate: ...
    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Self | UncertainDate:
        if row is None:
            return self
        value = super().__get__(row, owner)
        if value is None:
            message = f"{type(row).__name__}.{self.name} was read before it was set."
            raise ValueError(message)
        return value


def precision_field() -> "models.CharField[str, str]":
    """The column that says how exactly a date is known; empty when there is no date."""
    return models.CharField(
        _("date precision"),
        max_length=PRECISION_LENGTH,
        choices=DatePrecision.choices,
        blank=True,
        editable=False,
    )


def uncertain_date_constraints(name: str, *, required: bool) -> list[models.CheckConstraint]:
    """Start, end and precision are all there or all missing, and the end is not before the start."""
    start, end, precision = f"{name}_start", f"{name}_end", f"{name}_precision"
    known = Q(**{f"{start}__isnull": False, f"{end}__isnull": False, f"{end}__gte": F(start)}) & Q(
        **{f"{precision}__in": DatePrecision.values}
    )
    unknown = Q(**{f"{start}__isnull": True, f"{end}__isnull": True, precision: ""})
    return [
        models.CheckConstraint(
            condition=known if required else known | unknown,
            name=f"%(class)s_{name}_is_whole",
            violation_error_message=_("A date needs its first day, last day and precision together."),
        )
    ]


def codelist_constraint(field: str, codelist: type[DefinedChoices], *, blank: bool = False) -> models.CheckConstraint:
    """The column holds a code of its codelist, or nothing where `blank`."""
    codes = [*codelist.values, ""] if blank else codelist.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": codes}),
        name=f"%(class)s_{field}_is_a_code",
    )
