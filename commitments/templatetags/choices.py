"""The choices of a facet. Written here and not in a template: a page has hundreds of them."""

import html
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commitments.facets import Choice, Facet

register = template.Library()


@register.simple_tag
def choices(facet: Facet) -> SafeString:
    """The items of a facet's list: a box with its label and count for each choice; beneath a choice, its children."""
    boxes = "radios" if facet.parameter == "role" else "checkboxes"
    address = escape(reverse("commitments"))
    with_label = escape(_("with %(label)s"))
    items = []
    for choice in facet.choices:
        items.append(_item(facet, choice, boxes, address, with_label))
        if choice.children:
            inner = "".join(_item(facet, child, boxes, address, with_label) for child in choice.children)
            items.append(f'<li><ul class="choices choices--inner">{inner}</ul></li>')
    # Every text in it was escaped.
    return mark_safe("\n".join(items))  # noqa: S308


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """The same few hundred labels stand on all lists."""
    return str(escape(text))


def _item(facet: Facet, choice: Choice, boxes: str, address: str, with_label: str) -> str:
    label, value = _escaped(choice.label), _escaped(choice.value)
    name, number = f"{facet.parameter}-{value}", choice.count
    checked = " checked" if choice.selected else ""
    count = f'<data value="{number}">{number}</data>'
    if number and not facet.selected:
        said = with_label.replace("%(label)s", label)
        count = (
            f'<a class="count" href="{address}{html.escape(choice.query)}" data-count="{number}">{count}'
            f'<span class="visually-hidden"> {said}</span></a>'
        )
    else:
        count = f'<span class="count">{count}</span>'
    return (
        f'<li class="choice govuk-{boxes}__item">\n<input class="govuk-{boxes}__input" '
        f'type="{"radio" if boxes == "radios" else "checkbox"}" id="{name}" name="{facet.parameter}" value="{value}" '
        f'form="filters-form"{checked}>\n<label class="govuk-{boxes}__label" for="{name}">{label}</label>\n{count}</li>'
    )
