"""Where a list can be taken away."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from commitments.exports.columns import LISTED
from commitments.exports.formats import Format, available

register = template.Library()


@dataclass(frozen=True)
class Download:
    """One form of a list, and its address."""

    form: Format
    address: str


@register.inclusion_tag("components/downloads.html")
def downloads(query: str, page: str = "commitments") -> dict[str, object]:
    """The list of the page named `page`, in every form that this server writes; and what belongs to its commitments.

    `query` is the list's query string, with its `?`.
    """
    forms = [Download(form, f"{reverse(f'{page}_file', args=[form.ending])}{query}") for form in available()]
    shapes = LISTED[1:] if page == "commitments" else ()
    return {
        "forms": forms,
        "shapes": [(shape, f"{reverse('shape_file', args=[shape.name, 'csv'])}{query}") for shape in shapes],
    }
