"""Citations: what is cited as a work, and the forms in which reference managers read it."""

from commitments.citations.forms import FORMS, Form, plain
from commitments.citations.works import (
    Work,
    commitments_in_words,
    of_list,
    of_release,
    of_revision,
    of_rows,
    rows_in_words,
)

__all__ = [
    "FORMS",
    "Form",
    "Work",
    "commitments_in_words",
    "of_list",
    "of_release",
    "of_revision",
    "of_rows",
    "plain",
    "rows_in_words",
]
