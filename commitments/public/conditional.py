"""Answers that programs ask for again and again: whole when something changed, 304 when nothing did."""

import datetime as dt
import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from commitments.models import Revision

# Whoever asks more often gets what they have.
CACHE_CONTROL = "public, max-age=900"
# `Last-Modified` has whole seconds: what was said within this second may be followed by more of it.
_SETTLED = dt.timedelta(seconds=2)


def conditional(
    request: HttpRequest, content: bytes, content_type: str, *, headers: dict[str, str] | None = None
) -> HttpResponseBase:
    """The content with an ETag made of it, or 304 for whoever has it."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    modified = _last_modified()
    validators = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if modified is not None:
        validators["Last-Modified"] = http_date(modified)
    response = HttpResponse(content, content_type=content_type, headers={**validators, **(headers or {})})
    answer = get_conditional_response(request, etag=etag, last_modified=modified, response=response)
    if answer is not None and answer.status_code == 304:
        answer["Cache-Control"] = CACHE_CONTROL
    return answer or response


def _last_modified() -> int | None:
    """When an answer changed last, in seconds: at a revision, or at midnight, when deadlines pass. None if just now."""
    last = Revision.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    newest = max(last or midnight, midnight)
    return int(newest.timestamp()) if newest < now - _SETTLED else None
