"""Numbers that lead to what they count. Written here and not in templates: a page has hundreds of them."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commitments.scorecards import COMPARED, Figure, Scorecard

# How many commitments there are, and how many were assessed: said even where nothing was assessed.
_ALWAYS_SAID = COMPARED[:2]


def count(number: int, query: str | None, label: str = "") -> SafeString:
    """A number of commitments that links to the list it counts.

    `query` is that list's query string, None where no list holds just these.
    """
    return Counted()(number, query, label)


def figure(scorecard: Scorecard, one: Figure) -> SafeString:
    """A number of a scorecard; a dash for what nothing was assessed for."""
    return _figure(scorecard, one, Counted())


def figure_cells(scorecard: Scorecard) -> SafeString:
    """The cells of a row that shows a scorecard's numbers beside others'."""
    counted = Counted()
    cells = (
        f'<td class="number" data-label="{escape(one.label)}">{_figure(scorecard, one, counted)}</td>'
        for one in scorecard.compared
    )
    # Numbers, and every text was escaped; so it is in what follows.
    return mark_safe("".join(cells))  # noqa: S308


def _figure(scorecard: Scorecard, one: Figure, counted: "Counted") -> SafeString:
    if one.name in _ALWAYS_SAID or scorecard.tally.assessed:
        return counted(one.number, one.query)
    said = escape(_("nothing assessed"))
    return mark_safe(f'<span aria-hidden="true">–</span> <span class="visually-hidden">{said}</span>')  # noqa: S308


class Counted:
    """Says `count` of many numbers: where the list is, is looked up once."""

    def __init__(self) -> None:
        self._address = reverse("commitments")

    def __call__(self, number: int, query: str | None, label: str = "") -> SafeString:
        said = f'<data value="{number}">{number}</data>{" " if label else ""}{escape(label)}'
        if number and query is not None:
            address = f"{self._address}{'' if query == '?' else escape(query)}"
            said = f'<a class="count" href="{address}" data-count="{number}">{said}</a>'
        else:
            said = f'<span class="count">{said}</span>'
        return mark_safe(said)  # noqa: S308
