"""The rows of lists, and what stands in them. Written here and not in templates: a page has fifty of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments import search
from commitments.codelists import Flag, Status
from commitments.listed import Listed
from commitments.models import Commitment
from commitments.standing import row_flags
from commitments.templatetags.times import time_element
from commitments.timetravel import Moment
from commitments.uncertain_dates import UncertainDate

EXCERPT_LENGTH = 240


def status(code: str, since: UncertainDate | None = None) -> SafeString:
    """A status by word, shape and colour, with the date since which it holds, where given."""
    one = Status(code)
    said = _dated("since", _("since %(date)s"), since) if since else ""
    # A code is made of letters, and every text was escaped; so it is in all that follows.
    return mark_safe(  # noqa: S308
        f'<span class="status status--{one.value}"><svg class="status__shape" aria-hidden="true" viewBox="0 0 16 16">'
        f'<use href="#shape-{one.value}"></use></svg><span class="status__word">{escape(one.label)}</span></span>'
        f"{' ' if said else ''}{said}"
    )


def flags(held: Sequence[Flag]) -> SafeString:
    """The computed flags that hold, each as a word."""
    if not held:
        return mark_safe("")
    items = "".join(
        '<li class="flag"><svg class="flag__shape" aria-hidden="true" viewBox="0 0 16 16">'
        f'<use href="#shape-flag"></use></svg>{escape(flag.label)}</li>'
        for flag in held
    )
    return mark_safe(f'<ul class="flags" aria-label="{escape(_("Flags"))}">{items}</ul>')  # noqa: S308


def commitment_rows(
    context: Mapping[str, Any],
    commitments: Iterable[Commitment],
    today: dt.date,
    text: str = "",
    *,
    at_summit: bool = False,
) -> SafeString:
    """The commitments of a list. With `text`, the words searched for are marked; `at_summit` leaves its summit unsaid.

    Needs `for_list()`.
    """
    moment = context.get("moment")

    def make(several: Iterable[Commitment]) -> list[str]:
        return [_row(commitment, today, text, moment, at_summit=at_summit) for commitment in several]

    if isinstance(commitments, Listed):
        rows = commitments.pieces((get_language(), today, text, bool(at_summit)), make)
    else:
        rows = make(commitments)
    # Every text in them was escaped.
    return mark_safe("\n".join(rows))  # noqa: S308


def _row(commitment: Commitment, today: dt.date, text: str, moment: Moment | None, *, at_summit: bool) -> str:
    title = search.highlight(commitment.title, text) if text else escape(commitment.title)
    summary = search.highlight(commitment.summary, text, EXCERPT_LENGTH) if text else ""
    told = f'\n    <p class="row__summary">{summary}</p>' if summary else ""
    return (
        f'<li class="row">\n  <div class="row__status">\n    '
        f"{status(commitment.status, commitment.status_since)}\n    {flags(row_flags(commitment, today=today))}\n  "
        f'</div>\n  <div class="row__main">\n    <h3 class="row__title">'
        f'<a href="{commitment.get_absolute_url()}{_moment_query(moment)}">{title}</a></h3>{told}\n    '
        f'<p class="row__facts">\n      {_facts(commitment, at_summit=at_summit)}\n    </p>\n  </div>\n</li>'
    )


def _facts(commitment: Commitment, *, at_summit: bool) -> str:
    facts = [f'<span class="row__code">{commitment.code}</span>']
    if commitment.is_topic:
        kind, strength = commitment.get_classification_display(), commitment.get_strength_display().lower()
        facts.append(_span(f"{kind}, {strength}"))
    facts.append(_span(", ".join(row.party.local_name for row in commitment.makers)))  # type: ignore[attr-defined]
    if sectors := commitment.in_sectors:  # type: ignore[attr-defined] # annotated by `for_list`
        facts.append(_span(", ".join(sector.label for sector in sectors)))
    if not at_summit:
        facts.append(_span(commitment.summit.name))
    facts.append(_dated("", _("made %(date)s"), commitment.made))
    if commitment.due:
        facts.append(_dated("", _("due %(date)s"), commitment.due))
    return "\n      ".join(facts)


def _span(text: str) -> str:
    return f"<span>{escape(text)}</span>"


def _dated(name: str, sentence: str, date: UncertainDate) -> str:
    attribute = f' class="{name}"' if name else ""
    return f"<span{attribute}>{escape(sentence) % {'date': time_element(date)}}</span>"


def _moment_query(moment: Moment | None) -> str:
    if not moment:
        return ""
    return "?" + "&amp;".join(f"{name}={day}" for name, day in moment.parameters.items())
