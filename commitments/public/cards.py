"""The card that a link to a commitment shows elsewhere."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import formats
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.cards import Card, draw
from commitments.codelists import Status
from commitments.models import Commitment
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.tallies import looking_from
from commitments.timetravel import Moment, as_they_stood, at

# Its day changes daily, its status at any time: caches ask again after an hour, and are told by the ETag.
CACHE_CONTROL = "public, max-age=3600"


@require_safe
@in_capitals("code")
def card(request: HttpRequest, code: str) -> HttpResponseBase:
    """A picture of what was promised, by whom, and where it stands: today, or on the day that the reader asks for."""
    looking = looking_from(request)
    moment: Moment = looking["moment"]
    found = at(Commitment.objects.published(), moment).for_list().filter(code=code).first()
    if found is None:
        return not_public(request, code, page="card")
    as_they_stood([found], moment)
    picture = draw(_card(found, as_of=formats.date_format(looking["today"], "j F Y")))
    etag = f'"{hashlib.sha256(picture).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    response = HttpResponse(picture, content_type="image/png", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _card(commitment: Commitment, *, as_of: str) -> Card:
    days = _("as of %(day)s") % {"day": as_of}
    if commitment.status_since:
        days = _("since %(since)s, %(as_of)s") % {"since": commitment.status_since, "as_of": days}
    makers = ", ".join(row.party.local_name for row in commitment.makers)  # type: ignore[attr-defined]
    return Card(
        site=_("Commitment tracker"),
        code=commitment.code,
        title=commitment.title,
        makers=makers,
        status=Status(commitment.status),
        status_word=commitment.get_status_display(),
        days=days,
    )
