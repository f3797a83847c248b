"""Keeping what a source's address answers, and proving later that it is still what was kept."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from commitments.actions import links as link_actions
from commitments.actions.errors import Refused
from commitments.actions.saving import save_as
from commitments.codelists import DocumentKind, LinkOutcome, SourceKind
from commitments.links import Capturer, Fetched, NotCaptured, NotReadable, warc
from commitments.models import Capture, Document, LinkCheck, User

# What a government or an organisation publishes under its own name, by its own hand.
OFFICIAL_KINDS = frozenset(
    {
        DocumentKind.JOINT_STATEMENT,
        DocumentKind.COMMUNIQUE,
        DocumentKind.DECLARATION,
        DocumentKind.ACTION_PLAN,
        DocumentKind.MEMORANDUM,
        DocumentKind.FACT_SHEET,
        DocumentKind.READOUT,
        DocumentKind.SPEECH,
        DocumentKind.PRESS_RELEASE,
    }
)
NONE, OFFICIAL, ALL = "none", "official", "all"

type Told = Callable[[Document, Capture | Refused], object]


def is_official(document: Document) -> bool:
    """Whether the issuing body itself published it. News, opinion and others' analyses are not."""
    return document.source_kind == SourceKind.PRIMARY and document.kind in OFFICIAL_KINDS


def refusal(document: Document) -> str:
    """Why policy does not allow to capture this document, as a sentence; empty where it does."""
    if not document.url:
        return _("It has no address.")
    if settings.CAPTURE_SOURCES == NONE:
        return _("This site keeps no captures (CAPTURE_SOURCES).")
    if settings.CAPTURE_SOURCES != ALL and not is_official(document):
        return _("Only what a government or an organisation published itself is captured (CAPTURE_SOURCES).")
    return ""


def capture(*, by: User, document: Document, capturer: Capturer) -> Capture:
    """Fetch a document's address and keep what it answers: the file first, then its row.

    Raises `Refused` where policy, the publisher or the other side does not let us, where the file cannot be written,
    and where the document is deleted meanwhile. A file whose row could not be written stays behind and harms nobody.
    """
    problem = refusal(document)
    if problem:
        raise Refused(problem)
    url = document.url or ""
    at = timezone.now()
    try:
        fetched = capturer.fetch(url)
    except NotCaptured as error:
        raise Refused(_("It was not captured. %(why)s") % {"why": _printable(str(error))}) from error
    last = Capture.objects.filter(document=document, url=url).defer("text").first()
    if last is not None and last.sha256 == fetched.sha256:
        day = formats.date_format(timezone.localtime(last.captured_at))
        raise Refused(_("It has not changed since it was captured on %(day)s.") % {"day": day})
    name = f"{at:%Y}/{document.pk}-{at:%Y%m%dT%H%M%S%f}-{fetched.sha256[:12]}{warc.SUFFIX}"
    try:
        warc.write(fetched, Path(settings.CAPTURES_DIR), name)
    except OSError as error:
        raise Refused(_("The capture cannot be stored: %(why)s.") % {"why": error.strerror or error}) from error
    try:
        return record(by=by, document=document, url=url, fetched=fetched, name=name, at=at)
    except Document.DoesNotExist as error:
        raise Refused(_("Somebody deleted the document while it was captured.")) from error


@transaction.atomic
def record(*, by: User, document: Document, url: str, fetched: Fetched, name: str, at: dt.datetime) -> Capture:
    """Record the capture in the file `name`, and on its document when it was captured and with which hash.

    As a check of a link does, it writes to the document as it now stands, whatever an editor has open: who has its
    form open is told when saving. The public record names no capture, so no commitment is settled.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    row = Capture.objects.create(
        document=document,
        url=url,
        captured_at=at,
        media_type=fetched.media_type,
        size=len(fetched.body),
        sha256=fetched.sha256,
        warc=name,
        text=fetched.text,
    )
    # Its address may have been changed while the old one was fetched.
    if document.url == url:
        document.captured_on, document.sha256 = timezone.localdate(at), fetched.sha256
        document.version += 1
        save_as(document, by)
    return row


def check_and_capture(
    *,
    by: User,
    capturer: Capturer,
    limit: int = link_actions.MOST_AT_ONCE,
    older_than: int = link_actions.DAYS_BETWEEN,
    said: link_actions.Said | None = None,
    told: Told | None = None,
) -> tuple[dict[LinkOutcome, int], int]:
    """Check links as `links.check_links` does, and capture what answers, may be captured and is not yet.

    Returns the counts by outcome, and how many were captured; `told` hears of each capture, or why there is none.
    """
    captured = 0

    def after(check: LinkCheck) -> None:
        nonlocal captured
        if said is not None:
            said(check)
        document = check.document
        if (
            check.outcome != LinkOutcome.ANSWERED
            or refusal(document)
            or Capture.objects.filter(document=document).exists()
        ):
            return
        outcome: Capture | Refused
        try:
            outcome = capture(by=by, document=document, capturer=capturer)
            captured += 1
        except Refused as problem:
            outcome = problem
        if told is not None:
            told(document, outcome)

    counts = link_actions.check_links(by=by, checker=capturer.checker, limit=limit, older_than=older_than, said=after)
    return counts, captured


@dataclass(frozen=True)
class Finding:
    """A capture that is not what its row says."""

    capture: Capture
    problem: str

    def __str__(self) -> str:
        return f"{self.capture.warc} (document {self.capture.document_id}): {self.problem}"


def findings() -> Iterator[Finding]:
    """Every capture whose file is missing, cannot be read, or holds another document than its row says."""
    for row in Capture.objects.defer("text").order_by("pk").iterator():
        try:
            held = warc.payload(Path(settings.CAPTURES_DIR), row.warc)
        except NotReadable as error:
            yield Finding(row, _printable(str(error)))
            continue
        if held.sha256 != row.sha256:
            yield Finding(row, f"SHA-256 is {held.sha256}, and was {row.sha256}.")
        elif held.size != row.size:
            yield Finding(row, f"{held.size} bytes, and were {row.size}.")


def leftovers() -> list[str]:
    """Files without a row: the database did not take the row. They harm nobody and may be deleted."""
    known = set(Capture.objects.values_list("warc", flat=True))
    return [name for name in warc.files(Path(settings.CAPTURES_DIR)) if name not in known]


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:300]
