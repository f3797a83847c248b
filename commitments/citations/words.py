"""Words that every form of a citation shares."""

import datetime as dt

from django.utils import formats


def day_in_words(day: dt.date) -> str:
    """A day as a sentence has it."""
    return formats.date_format(day, "j F Y")
