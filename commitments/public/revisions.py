"""What this site said of one commitment, revision by revision."""

from dataclasses import dataclass

from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import citations
from commitments.codelists import Publication
from commitments.differences import differences
from commitments.models import Commitment, Revision
from commitments.names import names_for
from commitments.public.errors import not_public, taken_back
from commitments.public.moved import in_capitals
from commitments.public.unheeded import unheeded
from commitments.said import read
from commitments.site import site_of
from commitments.snapshots import digest
from commitments.timetravel import Moment


@require_safe
@in_capitals("code")
def revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What this site said in one revision, how that differs from the one before, and the hashes that chain the two.

    A retraction takes back every revision up to it (410), also when the record was published again later.
    """
    found = readable(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    site = site_of(request)
    page = _page(found.commitment, found.this, found.before, found.after)
    return render(
        request,
        "public/revision.html",
        {**page, **cited(found.commitment, found.this, site=site), "ignored": unheeded(request)},
    )


@dataclass(frozen=True)
class Readable:
    """A revision that can be read, with its neighbours as far as they can be."""

    commitment: Commitment
    this: Revision
    before: Revision | None
    after: Revision | None


def readable(request: HttpRequest, code: str, number: int) -> Readable | HttpResponse:
    """The revision of that number, or the answer that says why there is none. Raises `Http404` for what never was."""
    # What was cited stays where it was cited: the revisions of a record that was merged into another are read on.
    found = Commitment.objects.citable().filter(code=code).select_related("merged_into").first()
    if found is None:
        return not_public(request, code, number)
    retraction = last_retraction(found)
    if retraction is not None and number <= retraction.number:
        return taken_back(request, retraction, again=found)
    around = {row.number: row for row in found.revisions.filter(number__range=(number - 1, number + 1))}
    if number not in around:
        raise Http404
    before = around.get(number - 1) if retraction is None or number - 1 > retraction.number else None
    return Readable(found, around[number], before, around.get(number + 1))


def last_readable(commitment: Commitment) -> Revision | None:
    """What the site says of a public record now."""
    return commitment.revisions.order_by("-number").first()


def cited(commitment: Commitment, this: Revision, *, site: str) -> dict[str, object]:
    """What the section on citing needs: the line, and how the addresses of its files begin."""
    title: str | None = getattr(this, "said_title", None)  # annotated by `revisions_of`, which leaves the rest unread
    work = citations.of_revision(commitment, this, site=site, accessed=timezone.localdate(), title=title)
    files = reverse("cite_revision", args=[commitment.code, this.number, "txt"]).removesuffix("txt")
    return {"citation": citations.plain(work), "citation_forms": citations.FORMS.values(), "cite_files": files}


def _page(commitment: Commitment, this: Revision, before: Revision | None, after: Revision | None) -> dict[str, object]:
    names = names_for(this.snapshot, *([before.snapshot] if before else []))
    return {
        "commitment": commitment,
        "revision": this,
        "before": before,
        "after": after,
        "said": read(this.snapshot, names),
        "differences": differences(before.snapshot, this.snapshot, names) if before else [],
        "hash_agrees": _digest(this) == this.sha256,
    }


def _digest(this: Revision) -> str:
    """The hash of what is stored, computed anew: a page that quotes a hash says whether it still holds."""
    return digest(
        code=this.commitment.code,
        number=this.number,
        previous=this.previous_sha256,
        recorded_at=this.recorded_at,
        by=this.by_id,
        reason=this.reason,
        snapshot=this.snapshot,
    )


def last_retraction(commitment: Commitment) -> Revision | None:
    """The revision that took the record back last, if one did."""
    retractions = commitment.revisions.filter(snapshot__publication=Publication.RETRACTED)
    return retractions.defer("snapshot").order_by("-number").first()


@dataclass(frozen=True)
class Listed:
    """A revision without its snapshot, and whether it can be read: a retraction takes back all up to itself."""

    revision: Revision
    is_readable: bool


def revisions_of(commitment: Commitment, moment: Moment) -> list[Listed]:
    """The revisions that were there by then, newest first."""
    found = Revision.objects.filter(commitment=commitment).annotate(
        publication=KT("snapshot__publication"), said_title=KT("snapshot__title")
    )
    if moment.known_before is not None:
        found = found.filter(recorded_at__lt=moment.known_before)
    listed, readable = [], True
    for revision in found.defer("snapshot").order_by("-number"):
        publication: str = revision.publication  # type: ignore[attr-defined] # annotated above
        readable = readable and publication != Publication.RETRACTED
        listed.append(Listed(revision, readable))
    return listed
