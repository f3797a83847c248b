"""Dates and times as elements of a page."""

import datetime as dt
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commitments.uncertain_dates import UncertainDate


def time_element(value: UncertainDate | dt.date | None) -> SafeString | str:
    """A date as `<time>`, as exact as it is known; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return format_html(
            '<time datetime="{}">{}</time>',
            local.isoformat(timespec="seconds"),
            formats.date_format(local, "j F Y, H:i"),
        )
    return _day(value, get_language())


def read_on() -> dt.date:
    """The day on which the page is read."""
    return timezone.localdate()


@lru_cache(maxsize=8192)
def _day(value: UncertainDate | dt.date, _language: str | None) -> SafeString:
    """The same few thousand dates stand on all pages."""
    if isinstance(value, UncertainDate):
        return format_html('<time datetime="{}">{}</time>', value.datetime_attribute, str(value))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(value, "j F Y"))
