"""The cells of the matrix. Written here and not in templates: fifty rows of sixty are three thousand."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.listed import Listed
from commitments.matrices import Cell, Row, Sum, rows
from commitments.models import Commitment, Party
from commitments.templatetags.numbers import Counted
from commitments.templatetags.rows import status
from commitments.timetravel import Moment
from commitments.uncertain_dates import UncertainDate

register = template.Library()
# On a cell that says something older of a maker than the commitment's own status. No text has it: a mark is escaped.
_OLDER = ' data-older="">'


@register.simple_tag
def matrix_rows(commitments: Listed, parties: Sequence[Party], moment: Moment) -> SafeString:
    """A row for each commitment of a page: how it stands, then a cell for each party.

    A cell says where a maker stands, with the way to what gave it; what another party is; or nothing.
    """

    def make(several: Sequence[Commitment]) -> list[str]:
        return [_row(row) for row in rows(several, parties, moment)]

    pieces = commitments.pieces(("matrix", get_language(), tuple(party.pk for party in parties)), make)
    # Every text in them was escaped.
    return mark_safe("\n".join(pieces))  # noqa: S308


@register.filter
def has_older(rows: str) -> bool:
    """Whether a cell of these rows says of a maker what is older than the commitment's own status, and differs.

    Read from what was written: rows are kept as they were written once.
    """
    return _OLDER in rows


def _row(row: Row) -> str:
    commitment = row.commitment
    cells = "".join(
        f"<td{_OLDER if cell.is_older else '>'}{_cell(cell)}</td>" if cell else "<td></td>" for cell in row.cells
    )
    overall = _standing(commitment.status, commitment.status_since, row.evidence)
    return (
        f'<tr>\n<th scope="row"><a href="{escape(row.address)}">{escape(commitment.title)}</a> '
        f'<span class="row__code">{commitment.code}</span></th>\n'
        f'<td><span class="matrix__of">{escape(_("Overall"))}</span> {overall}</td>\n{cells}\n</tr>'
    )


def _cell(cell: Cell) -> str:
    said = f'<span class="matrix__of">{escape(cell.party.local_name)}</span> '
    if cell.only_the_whole:
        said += f'<span class="soft">{escape(_("Not assessed on its own"))}</span>'
    elif cell.standing:
        said += _standing(cell.standing.status, cell.standing.since, cell.evidence)
    return said + "".join(f' <span class="label">{escape(role.label)}</span>' for role in cell.other_roles)


def _standing(code: str, since: UncertainDate | None, evidence: str) -> str:
    said = status(code, since)
    return f'<a class="matrix__evidence" href="{escape(evidence)}">{said}</a>' if evidence else said


@register.simple_tag
def matrix_sums(sums: Sequence[Sum]) -> SafeString:
    """A row for each status: how many commitments have it, in all and of each column; first, how many there are."""
    counted, all_ = Counted(), escape(_("All"))
    # Each stands in every row.
    names = {party.pk: escape(party.local_name) for _number, party in sums[0].by_party}
    found = []
    for one in sums:
        cells = "".join(
            f'<td class="number{"" if number.count else " matrix__none"}">'
            f'<span class="matrix__of">{names[party.pk]}</span> {counted(number.count, number.query)}</td>'
            for number, party in one.by_party
        )
        found.append(
            f'<tr>\n<th scope="row">{status(one.status) if one.status else escape(_("Commitments in the list"))}</th>\n'
            f'<td class="number"><span class="matrix__of">{all_}</span> '
            f"{counted(one.whole.count, one.whole.query)}</td>\n{cells}\n</tr>"
        )
    return mark_safe("\n".join(found))  # noqa: S308
