"""Form fields for query parameters: they keep what they understand and remember what they did not, and why.

A page is lenient: it applies the rest and says what it ignored. A machine's interface is strict: anything in
`rejected` is its reason to answer 400.
"""

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.uncertain_dates import UncertainDate

MAX_VALUES = 100
MAX_TEXT_LENGTH = 200
# Why a value of a parameter that takes one is not heeded.
GIVEN_AGAIN = gettext_lazy("It was given more than once; the last one counts.")
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Rejected:
    """A value that a field did not understand, and a sentence that says why."""

    value: str
    reason: str


class ParameterField(forms.Field):
    """A field that reads every value of its parameter, drops empty ones, and never fails."""

    widget = forms.MultipleHiddenInput
    many = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.rejected: list[Rejected] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # Each form has its own, a page several forms: nothing in it changes but what was rejected.
        copied = copy.copy(self)
        copied.rejected = []
        return copied

    def clean(self, value: Sequence[str] | None) -> Any:
        self.rejected = []
        given = [text.strip() for text in value or () if text.strip()]
        # Each once: of a single value the last time that it was given, as the last one counts.
        texts = list(dict.fromkeys(given)) if self.many else list(dict.fromkeys(reversed(given)))[::-1]
        for text in [text for text in texts if "\x00" in text]:
            texts.remove(text)
            self.reject(text.replace("\x00", "�"), _("It holds a character that no value has."))
        for text in texts[MAX_VALUES:]:
            self.reject(text, _("More than %(number)d values were given.") % {"number": MAX_VALUES})
        return self.read(texts[:MAX_VALUES]) if self.many else self._read_last(texts)

    def _read_last(self, texts: list[str]) -> Any:
        for text in texts[:-1]:
            self.reject(text, str(GIVEN_AGAIN))
        return self.read(texts[-1:])

    def read(self, texts: list[str]) -> Any:
        """What the values mean; those that mean nothing are rejected on the way."""
        raise NotImplementedError

    def reject(self, value: str, reason: str) -> None:
        self.rejected.append(Rejected(value, reason))


class TextField(ParameterField):
    """Free text, or an empty string."""

    def read(self, texts: list[str]) -> str:
        if not texts:
            return ""
        (text,) = texts
        if len(text) > MAX_TEXT_LENGTH:
            self.reject(
                text[MAX_TEXT_LENGTH:], _("Only the first %(number)d characters count.") % {"number": MAX_TEXT_LENGTH}
            )
        return text[:MAX_TEXT_LENGTH].strip()


class CodesField(ParameterField):
    """Codes of one codelist, as a list in the order given."""

    many = True

    def __init__(self, *, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = list(codes)

    def read(self, texts: list[str]) -> list[str]:
        for text in texts:
            if text not in self.codes:
                self.reject(text, _("It is none of: %(codes)s.") % {"codes": ", ".join(self.codes)})
        return [text for text in texts if text in self.codes]


class CodeField(CodesField):
    """One code of a codelist, or an empty string."""

    many = False

    def read(self, texts: list[str]) -> str:  # type: ignore[override]
        return next(iter(super().read(texts)), "")


class RecordsField[M: Model](ParameterField):
    """Records named by a key that never changes, as a list in the order given."""

    many = True

    def __init__(self, *, queryset: QuerySet[M], key: str, upper: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset, self.key, self.upper = queryset, key, upper

    def read(self, texts: list[str]) -> list[M]:
        if not texts:
            return []
        keys = {text.upper() if self.upper else text: text for text in texts}
        found = {getattr(record, self.key): record for record in self.queryset.filter(**{f"{self.key}__in": keys})}
        for key, text in keys.items():
            if key not in found:
                self.reject(text, _("We hold nothing under it."))
        return [found[key] for key in keys if key in found]


class DateField(ParameterField):
    """A day, month, quarter or year, read as its first day or as its last; None without one."""

    def __init__(self, *, edge: Literal["start", "end"], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.edge = edge

    def read(self, texts: list[str]) -> dt.date | None:
        if not texts:
            return None
        try:
            date = UncertainDate.parse(texts[0])
        except ValueError as error:
            self.reject(texts[0], str(error))
            return None
        return date.start if self.edge == "start" else date.end


class YesNoField(ParameterField):
    """True, False, or None when nothing is asked."""

    def read(self, texts: list[str]) -> bool | None:
        text = texts[0].lower() if texts else ""
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if text:
            self.reject(text, _("Write 1 for yes or 0 for no."))
        return None
