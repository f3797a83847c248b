"""Trying the addresses of sources, and recording what came of it."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from commitments.actions.saving import save_as
from commitments.codelists import LinkHealth, LinkOutcome
from commitments.links import Checker, Health, Result, Try, health_after
from commitments.models import Document, LinkCheck, User
from commitments.models.documents import URL_LENGTH
from commitments.models.link_checks import NOTE_LENGTH

LINK_CHECKER = "link-checker"
DAYS_BETWEEN = 7
MOST_AT_ONCE = 100

type Said = Callable[[LinkCheck], object]


@transaction.atomic
def record_check(*, by: User, document: Document, url: str, result: Result, at: dt.datetime) -> LinkCheck:
    """Record what came of trying `url` for a document, and what now follows for its health (`links/health.py`).

    A new health is a write to the document, so that an editor whose form is open is told of it. It settles no
    commitment: the public record names a source by title, publisher and address, which stay as they are. Raises
    `Document.DoesNotExist` where somebody deleted it while its address was tried.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    check = LinkCheck.objects.create(
        document=document,
        url=url,
        checked_at=at,
        outcome=result.outcome,
        http_status=result.http_status,
        final_url=_stored(result.final_url, URL_LENGTH),
        note=_stored(result.note, NOTE_LENGTH),
    )
    # Its address may have been changed while the old one was tried.
    if document.url == url:
        _rewrite_health(by, document)
    return check


def due(*, older_than: int, now: dt.datetime) -> QuerySet[Document]:
    """The documents whose address was not tried in so many days, those never tried first, then the oldest tries."""
    before = now - dt.timedelta(days=older_than)
    tried = Document.objects.exclude(url=None).annotate(last_tried=Max("link_checks__checked_at"))
    is_due = Q(last_tried=None) | Q(last_tried__lte=before)
    return tried.filter(is_due).order_by(F("last_tried").asc(nulls_first=True), "pk")


def check_links(
    *, by: User, checker: Checker, limit: int = MOST_AT_ONCE, older_than: int = DAYS_BETWEEN, said: Said | None = None
) -> dict[LinkOutcome, int]:
    """Try the addresses that are due, one after the other, and record each; `said` hears of each as it comes.

    Each is a transaction of its own: what was tried stays recorded when the run is broken off.
    """
    counts = dict.fromkeys(LinkOutcome, 0)
    for document in list(due(older_than=older_than, now=timezone.now())[:limit]):
        url = document.url or ""
        result = checker.check(url)
        try:
            check = record_check(by=by, document=document, url=url, result=result, at=timezone.now())
        except Document.DoesNotExist:
            # An editor deleted it since the run began. The others are tried all the same.
            continue
        counts[result.outcome] += 1
        if said is not None:
            said(check)
    return counts


def _rewrite_health(by: User, document: Document) -> None:
    tries = [
        Try(timezone.localdate(checked_at), LinkOutcome(outcome))
        for checked_at, outcome in LinkCheck.objects.filter(document=document, url=document.url)
        .order_by("checked_at", "pk")
        .values_list("checked_at", "outcome")
    ]
    said = Health(LinkHealth(document.link_health), document.gone_since)
    found = health_after(tries, said)
    if found != said:
        document.link_health, document.gone_since = found.health, found.gone_since
        document.version += 1
        save_as(document, by)


def _stored(text: str, length: int) -> str:
    """A text from elsewhere as it can be kept and printed: nothing that steers a terminal, no half of a character."""
    return "".join(letter for letter in text if letter.isprintable())[:length]
