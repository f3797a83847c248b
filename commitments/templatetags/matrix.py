"""The cells of the matrix. Written here and not in templates: fifty rows of sixty are three thousand."""

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commitments.matrices import Cell, Row, Sum
from commitments.templatetags.rows import status

register = template.Library()


@register.simple_tag
def matrix_cells(row: Row) -> SafeString:
    """A row's cells: where each maker stands, with the way to what gave it; what the others are; or nothing."""
    # Every text in them was escaped.
    return mark_safe("".join(f"<td>{_cell(cell)}</td>" if cell else "<td></td>" for cell in row.cells))  # noqa: S308


def _cell(cell: Cell) -> str:
    said = f'<span class="matrix__of">{escape(cell.party.local_name)}</span> '
    if cell.only_the_whole:
        said += f'<span class="soft">{escape(_("Not assessed on its own"))}</span>'
    elif cell.standing and cell.evidence:
        said += (
            f'<a class="matrix__evidence" href="{escape(cell.evidence)}">'
            f"{status(cell.standing.status, cell.standing.since)}</a>"
        )
    elif cell.standing:
        said += status(cell.standing.status, cell.standing.since)
    return said + "".join(f' <span class="label">{escape(role.label)}</span>' for role in cell.other_roles)


@register.simple_tag
def matrix_sums(one: Sum) -> SafeString:
    """How many commitments of each column: a number that leads to the list it counts, where there is such a list."""
    address = reverse("commitments")
    cells = []
    for number, party in one.by_party:
        count = f'<data value="{number.count}">{number.count}</data>'
        if number.count and number.query is not None:
            query = escape(number.query)
            count = f'<a class="count" href="{address}{query}" data-count="{number.count}">{count}</a>'
        else:
            count = f'<span class="count">{count}</span>'
        name = escape(party.local_name)
        none = "" if number.count else " matrix__none"
        cells.append(f'<td class="number{none}"><span class="matrix__of">{name}</span> {count}</td>')
    return mark_safe("".join(cells))  # noqa: S308
