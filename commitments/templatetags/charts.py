"""Pictures for the pages: each as SVG, with its title and description; the table or list behind it is the page's."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.charts.timeline import MOST_MARKS, timeline
from commitments.charts.timeline_parts import Happening, Story
from commitments.codelists import DevelopmentKind, Status
from commitments.models import Commitment, Development, StatusChange
from commitments.rules import Segment
from commitments.timelines import logged_timelines
from commitments.timetravel import Moment
from commitments.uncertain_dates import UncertainDate

register = template.Library()

# Two pictures of the same: the page shows the one that fits, so that words keep their size. Units are about pixels.
WIDE, NARROW = 720, 320
SIZE = 14


@register.inclusion_tag("charts/timeline.html")
def timeline_picture(
    commitment: Commitment,
    developments: Sequence[Development],
    changes: Iterable[StatusChange],
    today: dt.date,
    moment: Moment | None = None,
) -> dict[str, Any]:
    """A commitment over time, wide and narrow. `changes` are the lines of its status log as they were recorded.

    `today` is the day on which the reader stands: another one where they look back to a moment.
    """
    story = Story(
        made=commitment.made,
        due=commitment.due,
        today=today,
        happenings=[_happening(development) for development in developments],
        statuses=_merged(logged_timelines(changes).get(None, [])),
        looks_back=bool(moment),
    )
    wide = timeline(story, width=WIDE, size=SIZE, roomy=True)
    narrow = timeline(story, width=NARROW, size=SIZE, roomy=False)
    return {
        "pictures": {"wide": wide, "narrow": narrow},
        "title": _("%(code)s over time") % {"code": commitment.code},
        "description": _described(story),
        "left_out": wide.left_out,
        "most": MOST_MARKS,
        "today": today,
    }


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    """The steps of the status without those that change nothing."""
    merged: list[Segment] = []
    for segment in segments:
        if segment.status != (merged[-1].status if merged else Status.NOT_ASSESSED):
            merged.append(segment)
    return merged


def _happening(development: Development) -> Happening:
    correction = getattr(development, "correction", None)
    is_corrected = correction is not None and correction.is_published
    when = str(development.happened)
    words = [str(DevelopmentKind(development.kind).label)] if development.kind != DevelopmentKind.DEVELOPMENT else []
    if development.status:
        words.append(str(Status(development.status).label))
    if development.party:
        words.append(development.party.local_name)
    if is_corrected:
        words.append(_("corrected since"))
    label = f"{when} · {words[0]}" if words else when
    return Happening(
        date=development.happened,
        short=when,
        label=label,
        name=", ".join([when, *words]),
        href=f"#{development.anchor}",
        kind=development.kind,
        status=development.status,
        is_corrected=is_corrected,
    )


def _described(story: Story) -> str:
    """The picture in words."""
    sentences = [_("Made %(date)s.") % {"date": story.made}]
    if story.due:
        sentences.append(_("Due %(date)s.") % {"date": story.due})
    number = len(story.happenings)
    sentences.append(
        ngettext("One entry since.", "%(number)d entries since.", number) % {"number": number}
        if number
        else _("No entry since.")
    )
    steps = [f"{Status.NOT_ASSESSED.label}"] + [
        _("%(status)s since %(date)s") % {"status": step.status.label, "date": step.effective}
        for step in story.statuses
    ]
    sentences.append(_("The status: %(steps)s.") % {"steps": ", ".join(steps)})
    if story.looks_back:
        here = _("The day that you look from is %(date)s.")
    else:
        here = _("The line for today stands at %(date)s.")
    sentences.append(here % {"date": UncertainDate(story.today)})
    return " ".join(sentences)
