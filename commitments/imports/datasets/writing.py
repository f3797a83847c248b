"""Writing the records of a dataset as drafts through the actions, and publishing what the rules let one publish."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import shared_records
from commitments.codelists import (
    Confidence,
    DueBasis,
    EvidenceRole,
    Provenance,
    Publication,
    Role,
    SourceKind,
    Status,
)
from commitments.codelists import DocumentKind as Kinds
from commitments.imports.datasets.mapping import DatasetMapping
from commitments.imports.datasets.records import Found, Known, Record
from commitments.imports.files.lookups import Lookups
from commitments.imports.table import Problem
from commitments.models import (
    Commitment,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Summit,
    User,
    Wording,
)
from commitments.rules import needs_second_person
from commitments.uncertain_dates import UncertainDate

TITLE_LENGTH = 200


@dataclass
class Writer:
    """One import, from its first record to its last. `counts` has what became of records and statements."""

    mapping: DatasetMapping
    known: Known
    by: User
    at: dt.datetime
    file: str
    publish: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    lookups: Lookups = field(default_factory=Lookups)
    summits: dict[str, Summit] = field(default_factory=dict)
    # In the order in which they were made.
    documents_made: list[Document] = field(default_factory=list)

    def write(self, records: Iterable[Record]) -> None:
        """Write all of these; one that is refused is listed with the reason, and leaves the others alone."""
        listed = list(records)
        self.lookups.find_commitments(record.code for record in listed)
        self.lookups.find_documents(url for record in listed for found in record.found for url in found.urls)
        ours = set(
            Commitment.history.filter(
                history_type="+", history_user=self.by, id__in=[one.pk for one in self.lookups.commitments.values()]
            ).values_list("id", flat=True)
        )
        for record in listed:
            stored = self.lookups.commitments.get(record.code)
            if stored is not None and stored.pk not in ours:
                self._lose(record.row, "", record.code, _("A record of somebody else has this code."))
            elif self._attempt(record.row, "", record.identifier, lambda: self._write(record, stored)):  # noqa: B023
                self.counts["commitments there already" if stored else "commitments made"] += 1

    def _write(self, record: Record, stored: Commitment | None) -> None:
        commitment = stored or self._create(record)
        there = {(one.party_id, one.happened): one for one in self._said(commitment)} if stored else {}
        if self.publish and record.has_text and not commitment.is_public:
            commitment = self._publish_commitment(record, commitment)
        for found in record.found:
            before = there.get(found.key)
            if before is None:
                self._attempt(found.row, found.column, found.text, lambda: self._draft(commitment, found))  # noqa: B023
            else:
                self._again(found, before)

    def _said(self, commitment: Commitment) -> Iterable[Development]:
        """The statements that a commitment has, the oldest last.

        What has no status is none, unless it rests on the report: then an editor took away the one that it had.
        """
        of_the_report = Evidence.objects.filter(document=self.known.report).values("development")
        entered = commitment.developments.filter(corrects=None).order_by("-pk")
        return entered.exclude(~Q(pk__in=of_the_report), status="")

    def _again(self, found: Found, before: Development) -> None:
        """A statement that stands there already: as it was, or changed by an editor or in the file since."""
        if before.status != found.status:
            said = _("The record says “%(status)s” since an earlier import or an editor: it stays.")
            label = Status(before.status).label if before.status else _("no status")
            self._lose(found.row, found.column, found.text, said % {"status": label})
            return
        self.counts["statements there already"] += 1
        if not before.is_published and before.entered_by_id == self.by.pk:
            self._publish(found, before)

    # --- commitments --------------------------------------------------------------------------------------------------

    def _create(self, record: Record) -> Commitment:
        report = self.known.report
        assert report is not None
        assert record.summit is not None
        summit = self.summits[record.summit.code]
        text = record.summary or record.title or _("The text is missing in the file.")
        title = record.title or record.summary or _("Commitment %(id)s, of which the file has no text")
        commitment = Commitment(
            code=record.code,
            title=_cut(title % {"id": record.identifier} if not record.has_text else title),
            summary=text,
            summit=summit,
            note=_("From “%(title)s” (%(publisher)s), where its id is %(id)s.")
            % {
                "title": report.title,
                "publisher": report.publisher,
                "id": record.identifier,
            },
            **record.codes,
        )
        commitment.made = record.made or self.mapping.made or UncertainDate(summit.starts_on)
        if record.due is not None:
            commitment.due, commitment.due_basis = record.due, DueBasis.STATED

        def write() -> None:
            commitment.sectors.set([self.known.sectors[code] for code in record.sectors])
            CommitmentParty.objects.bulk_create(
                CommitmentParty(commitment=commitment, party=party, role=Role.MAKER) for party in record.makers.values()
            )
            Wording.objects.create(
                commitment=commitment,
                document=report,
                locator=record.identifier[:100],
                strength=commitment.strength,
                language=self.mapping.document.language,
            )

        return commitment_actions.create(by=self.by, commitment=commitment, write=write, at=self.at)

    def _publish_commitment(self, record: Record, commitment: Commitment) -> Commitment:
        if commitment.publication != Publication.DRAFT:
            return commitment
        if self._attempt(
            record.row,
            "",
            record.identifier,
            lambda: commitment_actions.publish(by=self.by, commitment=commitment, at=self.at),
            stays=True,
        ):
            self.counts["commitments published"] += 1
            commitment.refresh_from_db()
        return commitment

    # --- statements ---------------------------------------------------------------------------------------------------

    def _draft(self, commitment: Commitment, found: Found) -> None:
        report = self.known.report
        assert report is not None
        development = Development(
            commitment=commitment,
            party=found.party,
            status=found.status,
            summary=_("%(publisher)s gives it “%(text)s”.") % {"publisher": report.publisher, "text": found.text},
            reason_code=self.mapping.reason_code if found.status == Status.NOT_DELIVERED else "",
        )
        development.happened = found.happened
        verifies = found.status == Status.DELIVERED
        evidence = [
            Evidence(
                document=report,
                locator=_("row %(number)d") % {"number": found.row},
                role=EvidenceRole.VERIFIES_DELIVERY if verifies else EvidenceRole.SHOWS_PROGRESS,
                provenance=Provenance.THIRD_PARTY,
            )
        ]
        # Nobody here has read what the tracker cites.
        evidence += [
            Evidence(document=document, confidence=Confidence.MEDIUM)
            for url in found.urls
            if (document := self._source(url)) != report
        ]
        development_actions.draft(by=self.by, development=development, evidence=evidence, at=self.at)
        self.counts["statements drafted"] += 1
        self._publish(found, development)

    def _publish(self, found: Found, development: Development) -> None:
        """Publish what is no verdict and belongs to what is public; whatever else stays a draft for an editor."""
        if not self.publish or needs_second_person(development.status) or not development.commitment.is_public:
            return
        if self._attempt(
            found.row,
            found.column,
            found.text,
            lambda: development_actions.publish(by=self.by, development=development, at=self.at),
            stays=True,
        ):
            self.counts["statements published"] += 1

    def _source(self, url: str) -> Document:
        known = self.lookups.document(url)
        if known is None:
            site = urlsplit(url).netloc
            known = Document(
                title=_cut(_("Source at %(site)s") % {"site": site}),
                publisher=site,
                kind=Kinds.NEWS_REPORT,
                source_kind=SourceKind.SECONDARY,
                url=url,
                caution=_("Cited by an imported dataset; nobody here has read it."),
            )
            shared_records.save(by=self.by, record=known, at=self.at)
            self.lookups.know_documents([known])
            self.documents_made.append(known)
            self.counts["documents made"] += 1
        return known

    # --- what is refused ----------------------------------------------------------------------------------------------

    def _attempt(self, row: int, column: str, value: str, write: Callable[[], object], *, stays: bool = False) -> bool:
        """Whether it was written; a refusal is listed, with `stays` as one of what is imported and stays a draft."""
        counted, made = self.counts.copy(), len(self.documents_made)
        try:
            with transaction.atomic():
                write()
        except ValidationError as error:
            # What came with it is gone as well, and its keys may be another's next.
            self.lookups.forget_documents(self.documents_made[made:])
            del self.documents_made[made:]
            self.counts = counted
            problems = [Problem(self.file, row, column, value, message) for message in error.messages]
            if stays:
                self.remarks += problems
            else:
                self.lost += problems
            return False
        return True

    def _lose(self, row: int, column: str, value: str, message: str) -> None:
        self.lost.append(Problem(self.file, row, column, value, message))


def _cut(text: str) -> str:
    """The text, cut to what a title holds."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1].rstrip()}…"
