"""Editing what commitments share: parties, documents, summits, sectors, targets. Each settles those concerned."""

import datetime as dt
from typing import assert_never

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments import source_urls
from commitments.actions.saving import Write, claim_version, nothing, save_valid
from commitments.actions.settling import settle_all
from commitments.models import Commitment, Document, Membership, Party, SDGTarget, Sector, Summit, SummitSeries, User
from commitments.models.base import VersionedModel
from commitments.models.record import REASON_LENGTH

type SharedRecord = Document | Party | Summit | SummitSeries
# Lists that others keep: they count no versions.
type ListedRecord = SDGTarget | Sector

_FOUND_AT_ITS_ADDRESS = ("link_health", "gone_since", "captured_on", "sha256")


@transaction.atomic
def save[Record: SharedRecord | ListedRecord](
    *,
    by: User,
    record: Record,
    version: int | None = None,
    write: Write = nothing,
    at: dt.datetime | None = None,
) -> Record:
    """Save a new or changed record, by `write` the rows that hang on it, and settle the commitments that show it.

    `version` is the one that was read, None for a new record and for lists that count no versions. Raises `Conflict`
    when it has been saved since, `ValidationError` when a field is wrong.
    """
    is_new = record.pk is None
    # Asked before as well: whoever leaves a bloc is no longer found to have belonged to it.
    concerned = set() if is_new else _showing(record)
    if version is not None and isinstance(record, VersionedModel):
        claim_version(record, version)
    if not is_new and isinstance(record, Document):
        _forget_what_was_found_at_another_address(record)
    save_valid(record, by)
    write()
    if not is_new:
        reason = _("%(noun)s edited: %(record)s") % {"noun": record._meta.verbose_name, "record": record}
        pks = concerned | _showing(record)
        settle_all(by=by, pks=pks, reason=reason[:REASON_LENGTH], at=at or timezone.now())
    return record


def _forget_what_was_found_at_another_address(document: Document) -> None:
    """Of a new address nobody knows yet whether it answers, nor what stands there, unless that is said with it."""
    names = ("url", *_FOUND_AT_ITS_ADDRESS)
    stored = Document.objects.filter(pk=document.pk).values(*names).first()
    if stored is None or source_urls.identity(stored["url"] or "") == source_urls.identity(document.url or ""):
        return
    blank = Document()
    for together in (("link_health", "gone_since"), ("captured_on", "sha256")):
        if all(getattr(document, name) == stored[name] for name in together):
            for name in together:
                setattr(document, name, getattr(blank, name))


def _showing(record: SharedRecord | ListedRecord) -> set[int]:
    """The commitments (by id) of which the public record, countries or search entry hang on this record."""
    match record:
        case Document():
            concerned = Q(wordings__document=record) | Q(developments__evidence__document=record)
        case Party():
            # Its name is searched, its membership and home country decide under which country it is found.
            own = Q(parties__party__in=_with_blocs(record)) | Q(countries__country=record)
            concerned = own | Q(developments__party=record)
        case Sector():
            # A category is found and counted with its purposes.
            concerned = Q(sectors=record) | Q(sectors__parent=record)
        case SDGTarget():
            concerned = Q(sdg_targets=record)
        case Summit():
            concerned = Q(summit=record)
        case SummitSeries():
            concerned = Q(summit__series=record)
        case _:
            assert_never(record)
    return set(Commitment.objects.filter(concerned).values_list("pk", flat=True))


def _with_blocs(party: Party) -> set[int]:
    """The party and every bloc that it belongs to or ever did, directly or through another bloc."""
    found = {party.pk}
    frontier = found
    while frontier:
        blocs = Membership.objects.filter(member__in=frontier).values_list("bloc_id", flat=True)
        frontier = set(blocs) - found
        found |= frontier
    return found
