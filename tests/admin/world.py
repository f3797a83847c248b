"""Somebody of every role, and a world in which each of them may try everything."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from commitments.actions import imports, reviews
from commitments.codelists import ImportKind, Publication, Status
from commitments.models import (
    Capture,
    Commitment,
    Development,
    Document,
    Import,
    Merge,
    Party,
    SDGTarget,
    Sector,
    StatusWord,
    Suggestion,
    Summit,
    User,
)
from commitments.roles import DeskRole
from tests.admin.cast import logged_in, make_member
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_sector,
    make_series,
    make_suggestion,
    make_summit,
    make_user,
    merge,
)

STRANGER, STAFF = "stranger", "staff"
EVERYBODY = (STRANGER, STAFF, *DeskRole.values)


def browser_of(who: str) -> Client:
    """The browser of a stranger, of staff without a role, or of somebody in a role."""
    if who == STRANGER:
        return Client()
    return logged_in(make_user("newcomer") if who == STAFF else make_member(DeskRole(who)))


def submitted(commitment: Commitment, by: User | None = None, **fields: str) -> Development:
    """A draft that waits for a reviewer."""
    by = by or make_member(DeskRole.CONTRIBUTOR, "cara")
    draft = make_draft_development(commitment, by=by, **fields)  # type: ignore[arg-type]
    reviews.submit(by=by, development=draft, version=draft.version)
    draft.refresh_from_db()
    return draft


@dataclass
class World:
    """One row of everything that the admin knows."""

    summit: Summit = field(default_factory=lambda: make_summit("S-1", series=make_series()))
    commitment: Commitment = field(init=False)
    unpublished: Commitment = field(init=False)
    published: Development = field(init=False)
    draft: Development = field(init=False)
    waiting: Development = field(init=False)
    verdict: Development = field(init=False)
    document: Document = field(default_factory=make_document)
    party: Party = field(default_factory=make_country)
    sector: Sector = field(default_factory=make_sector)
    target: SDGTarget = field(default_factory=lambda: SDGTarget.objects.create(code="7.1"))
    user: User = field(default_factory=lambda: make_user("somebody", email="somebody@example.org"))
    suggestion: Suggestion = field(init=False)
    merge: Merge = field(init=False)
    ruler: User = field(default_factory=lambda: make_user("ruler", is_superuser=True))
    word: StatusWord = field(default_factory=lambda: StatusWord.objects.create(word="kept", status=Status.DELIVERED))
    upload: Import = field(init=False)

    def __post_init__(self) -> None:
        cara = make_member(DeskRole.CONTRIBUTOR, "cara")
        self.commitment = make_commitment("WORLD-1", summit=self.summit, sectors=(self.sector,))
        self.suggestion = make_suggestion(self.commitment)
        self.unpublished = make_commitment("WORLD-2", summit=self.summit, publication=Publication.DRAFT)
        self.merge = merge(make_commitment("WORLD-3", summit=self.summit), self.commitment)
        self.commitment.refresh_from_db()
        self.published = make_development(self.commitment, status=Status.IN_PROGRESS)
        self.draft = make_draft_development(self.commitment, by=cara)
        self.waiting = submitted(self.commitment, cara)
        self.verdict = make_draft_development(self.commitment, by=cara, status=Status.DELIVERED)
        self.upload = imports.give(
            by=self.ruler,
            kind=ImportKind.PARTIES,
            file_name="parties.csv",
            content=b"slug,kind,name\nport-fund,institution,Port Fund\n",
        )

    def capture(self) -> Capture:
        """What the document's address answered once, in a file."""
        row, is_new = Capture.objects.get_or_create(
            document=self.document,
            defaults={
                "url": self.document.url or "",
                "captured_at": timezone.now(),
                "media_type": "text/plain",
                "size": 1,
                "sha256": "a" * 64,
                "warc": f"{self.document.pk}.warc.gz",
                "text": "A secret text.",
            },
        )
        if is_new:
            (Path(settings.CAPTURES_DIR) / row.warc).write_bytes(b"WARC")
        return row

    def history_of(self, noun: str) -> list[int]:
        """The keys of a record and of an entry of its history."""
        record: Any = {
            "commitment": self.commitment,
            "document": self.document,
            "party": self.party,
            "summit": self.summit,
            "summitseries": self.summit.series,
        }[noun]
        return [record.pk, record.history.first().history_id]

    def content_type(self) -> int:
        """The key under which Django knows commitments."""
        return ContentType.objects.get_for_model(Commitment).pk
