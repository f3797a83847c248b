"""Citations: what is cited as a work, and the forms in which reference managers read it."""

from commitments.citations.forms import FORMS, Form, plain
from commitments.citations.works import Work, of_list, of_release, of_revision

__all__ = ["FORMS", "Form", "Work", "of_list", "of_release", "of_revision", "plain"]
