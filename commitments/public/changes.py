"""What changed about one commitment between two days."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commitments.codelists import Status
from commitments.filters import Ignored
from commitments.models import Commitment, Development
from commitments.parameters import DateField
from commitments.timetravel import Moment, status_at

SINCE = "since"


@dataclass(frozen=True)
class Changed:
    """The status on the first day and on the last, and what happened between the two, oldest first."""

    first: dt.date
    last: dt.date
    status_before: Status
    status_after: Status
    developments: list[Development]


def since_asked(request: HttpRequest, *, last: dt.date) -> tuple[dt.date | None, list[Ignored]]:
    """The first day that a reader wants to compare with, and what was asked in vain."""
    field = DateField(edge="end")
    since: dt.date | None = field.clean(request.GET.getlist(SINCE))
    ignored = [Ignored(SINCE, one.value, one.reason) for one in field.rejected]
    if since is not None and since >= last:
        ignored.append(Ignored(SINCE, since.isoformat(), _("It is not before the day with which it is compared.")))
        since = None
    return since, ignored


def changed_between(commitment: Commitment, first: dt.date, last: dt.date, moment: Moment) -> Changed:
    """Compare what had happened by `first` with what had happened by `last`, as known at the moment.

    What a correction took back did not happen, whatever day the correction says.
    """
    known = Development.objects.published().filter(moment.known, commitment=commitment)
    corrected = known.filter(corrects__isnull=False).values("corrects")
    between = known.filter(happened_start__gt=first, happened_start__lte=last).exclude(pk__in=corrected)
    before, _since = status_at(commitment, Moment(first, moment.as_known))
    after, _since = status_at(commitment, Moment(last, moment.as_known))
    return Changed(first, last, before, after, list(between.order_by("happened_start", "pk")))
