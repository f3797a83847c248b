"""Answers that programs ask for again and again: whole when something changed, 304 when nothing did."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

# Whoever asks more often gets what they have.
CACHE_CONTROL = "public, max-age=900"


def conditional(
    request: HttpRequest, content: bytes, content_type: str, *, headers: dict[str, str] | None = None
) -> HttpResponseBase:
    """The content with an ETag made of it, or 304 for whoever has it.

    Without `Last-Modified`: names of parties and summits stand in it, and no revision says when one was renamed.
    """
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    validators = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    response = HttpResponse(content, content_type=content_type, headers={**validators, **(headers or {})})
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is not None and answer.status_code == 304:
        answer["Cache-Control"] = CACHE_CONTROL
    return answer or response
