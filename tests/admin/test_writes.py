"""Every write of the admin, tried by every role, by staff without one and by strangers: it happens or it does not."""

from collections.abc import Callable
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from commitments.codelists import ReviewKind
from commitments.links import Capturer
from commitments.models import (
    Assessment,
    Capture,
    Commitment,
    Development,
    Distinction,
    Document,
    FormDraft,
    Import,
    Merge,
    Party,
    Review,
    SDGTarget,
    User,
)
from tests.accounts.people import with_app
from tests.actions.test_captures import fetched
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in
from tests.admin.test_roles import DRAFTERS, EDITORS, NOBODY, A, C, E, R, Who
from tests.admin.world import EVERYBODY, World, browser_of

type Do = Callable[["Desk"], object]
type Seen = Callable[[World], object]

SOURCE = {
    "evidence__0__url": "https://gazette.example/rail",
    "evidence__0__title": "Rail",
    "evidence__0__publisher": "The Gazette",
}
DEVELOPMENT = {"summary": "A rail was laid.", "happened": "2024-02-08", **SOURCE}


class Desk:
    """Somebody's browser, which posts forms that a superuser opened: also those that it was not shown itself."""

    def __init__(self, world: World, client: Client) -> None:
        self.world, self.client, self.opener = world, client, logged_in(world.ruler)

    def post(self, address: str, button: str = "_save", **changes: Any) -> object:
        return self.client.post(address, {**filled(self.opener.get(address), **changes), button: "1"})

    def log(self, button: str) -> object:
        return self.post(url("commitment", "log", self.world.commitment.pk), button, **DEVELOPMENT)

    def log_event(self, button: str) -> object:
        source = {name.replace("evidence__0", "source"): value for name, value in SOURCE.items()}
        picked = [str(self.world.commitment.pk), str(self.world.unpublished.pk)]
        typed = {"summary": "They met.", "happened": "2024-02-08", "commitments": picked, **source}
        return self.post(reverse("admin:commitments_development_log"), button, **typed)

    def decide(self, button: str) -> object:
        draft = self.world.waiting
        typed = {"version": draft.version, "comment": "Say where.", button: "1"}
        return self.client.post(url("development", "review", draft.pk), typed)

    def capture(self) -> object:
        Document.objects.filter(pk=self.world.document.pk).update(kind="readout", source_kind="primary")
        with mock.patch.object(Capturer, "fetch", lambda self, url: fetched(url=url)):
            return self.client.post(url("document", "capture", self.world.document.pk))

    def abolish(self) -> object:
        Party.objects.filter(pk=self.world.party.pk).update(abolished_on="2025-07-01")
        chosen = {f"c{self.world.commitment.pk}__step": "close"}
        return self.post(url("party", "abolition", self.world.party.pk), **chosen)

    def change(self, noun: str, record: Any, button: str = "_save", **changes: Any) -> object:
        return self.post(url(noun, "change", record.pk), button, **changes)


def reviews_of(kind: ReviewKind) -> Seen:
    return lambda world: Review.objects.filter(kind=kind).count()


def is_published(name: str) -> Seen:
    return lambda world: Development.objects.get(pk=getattr(world, name).pk).is_published


def developments(world: World) -> int:
    return Development.objects.count()


def publication(world: World) -> str:
    return str(Commitment.objects.get(pk=world.commitment.pk).publication)


def field(name: str, attribute: str) -> Seen:
    return lambda world: getattr(type(getattr(world, name)).objects.get(pk=getattr(world, name).pk), attribute)


# What is written, who may, how it is asked for, and what would change.
WRITES: dict[str, tuple[Who, Do, Seen]] = {
    "save a draft": (DRAFTERS, lambda desk: desk.log("_save"), developments),
    "publish what one logs": (
        EDITORS,
        lambda desk: desk.log("_publish"),
        lambda world: Development.objects.published().count(),
    ),
    "submit what one logs": (DRAFTERS, lambda desk: desk.log("_submit"), reviews_of(ReviewKind.SUBMITTED)),
    "log an event for several commitments": (DRAFTERS, lambda desk: desk.log_event("_save"), developments),
    "publish an event for several commitments": (
        EDITORS,
        lambda desk: desk.log_event("_publish"),
        lambda world: Development.objects.published().count(),
    ),
    "keep what is typed": (
        (C, E, R, A),
        lambda desk: desk.client.post(
            reverse("admin:autosave"),
            {"_address": reverse("admin:commitments_development_log"), "summary": "They met."},
        ),
        lambda world: FormDraft.objects.count(),
    ),
    "submit a draft": (
        DRAFTERS,
        lambda desk: desk.change("development", desk.world.draft, "_submit"),
        reviews_of(ReviewKind.SUBMITTED),
    ),
    "change a draft": (
        DRAFTERS,
        lambda desk: desk.change("development", desk.world.draft, summary="Other words."),
        field("draft", "summary"),
    ),
    "publish another's draft": (
        EDITORS,
        lambda desk: desk.change("development", desk.world.draft, "_publish"),
        is_published("draft"),
    ),
    "publish what another submitted": (
        EDITORS,
        lambda desk: desk.change("development", desk.world.waiting, "_publish"),
        is_published("waiting"),
    ),
    "publish another's verdict": (
        (R,),
        lambda desk: desk.change("development", desk.world.verdict, "_publish"),
        is_published("verdict"),
    ),
    "approve": ((R,), lambda desk: desk.decide("_approve"), is_published("waiting")),
    "ask for changes": (
        (R,),
        lambda desk: desk.decide("_request_changes"),
        reviews_of(ReviewKind.CHANGES_REQUESTED),
    ),
    "reject": ((R,), lambda desk: desk.decide("_reject"), reviews_of(ReviewKind.REJECTED)),
    "throw a draft away": (
        DRAFTERS,
        lambda desk: desk.client.post(
            url("development", "delete", desk.world.draft.pk), {"post": "yes", "version": desk.world.draft.version}
        ),
        developments,
    ),
    "throw away what was submitted": (
        NOBODY,
        lambda desk: desk.client.post(url("development", "delete", desk.world.waiting.pk), {"post": "yes"}),
        developments,
    ),
    "begin a correction": (
        DRAFTERS,
        lambda desk: desk.client.post(url("development", "correct", desk.world.published.pk), {"note": "Wrong."}),
        developments,
    ),
    "record a check": (
        EDITORS,
        lambda desk: desk.client.post(
            url("commitment", "check", desk.world.commitment.pk), {"searched": "Papers", "on": "2024-06-01"}
        ),
        developments,
    ),
    "check from the desk": (
        EDITORS,
        lambda desk: desk.client.post(
            url("commitment", "check_from_desk", desk.world.commitment.pk), {"searched": "Papers"}
        ),
        developments,
    ),
    "edit a commitment": (
        EDITORS,
        lambda desk: desk.change("commitment", desk.world.commitment, title="Another", reason="Clearer"),
        field("commitment", "title"),
    ),
    "publish a commitment": (
        EDITORS,
        lambda desk: desk.change("commitment", desk.world.unpublished, "_publish"),
        field("unpublished", "publication"),
    ),
    "close a commitment": (
        EDITORS,
        lambda desk: desk.client.post(url("commitment", "close", desk.world.commitment.pk), {"reason": "Done"}),
        publication,
    ),
    "retract a commitment": (
        (R,),
        lambda desk: desk.client.post(url("commitment", "retract", desk.world.commitment.pk), {"reason": "Never"}),
        publication,
    ),
    "merge two commitments": (
        EDITORS,
        lambda desk: desk.post(
            f"{url('commitment', 'merge', desk.world.commitment.pk)}?with={desk.world.unpublished.pk}", reason="One."
        ),
        lambda world: Merge.objects.count(),
    ),
    "undo a merge": (
        EDITORS,
        lambda desk: desk.client.post(
            reverse("admin:commitments_commitment_undo_merge", args=[desk.world.merge.pk]), {"reason": "Two."}
        ),
        lambda world: Merge.objects.in_force().count(),
    ),
    "tell two commitments apart": (
        EDITORS,
        lambda desk: desk.client.post(
            url("commitment", "distinct", desk.world.commitment.pk), {"other": desk.world.unpublished.pk}
        ),
        lambda world: Distinction.objects.count(),
    ),
    "score what makers did": (
        EDITORS,
        lambda desk: desk.post(
            url("commitment", "assess", desk.world.commitment.pk),
            **{f"score_{desk.world.party.pk}": "full", f"note_{desk.world.party.pk}": "The gazette says so."},
        ),
        lambda world: Assessment.objects.count(),
    ),
    "split a commitment": (
        EDITORS,
        lambda desk: desk.post(
            url("commitment", "split", desk.world.commitment.pk),
            parts__0__title="One",
            parts__0__summary="One.",
            parts__1__title="Two",
            parts__1__summary="Two.",
        ),
        lambda world: Commitment.objects.count(),
    ),
    "edit a party": (
        EDITORS,
        lambda desk: desk.change("party", desk.world.party, note="A note."),
        field("party", "note"),
    ),
    "decide what an abolition leaves": (EDITORS, lambda desk: desk.abolish(), publication),
    "edit a document": (
        EDITORS,
        lambda desk: desk.change("document", desk.world.document, caution="Careful."),
        field("document", "caution"),
    ),
    "add a document": (
        DRAFTERS,
        lambda desk: desk.post(
            reverse("admin:commitments_document_add"),
            title="New",
            publisher="The Gazette",
            kind="news_report",
            source_kind="secondary",
        ),
        lambda world: Document.objects.count(),
    ),
    "capture a source": (EDITORS, lambda desk: desk.capture(), lambda world: Capture.objects.count()),
    "edit a summit": (
        EDITORS,
        lambda desk: desk.change("summit", desk.world.summit, place="Astana"),
        field("summit", "place"),
    ),
    "edit a sector": (
        (A,),
        lambda desk: desk.change("sector", desk.world.sector, short_label="Shorter"),
        field("sector", "short_label"),
    ),
    "add an SDG target": (
        (A,),
        lambda desk: desk.post(reverse("admin:commitments_sdgtarget_add"), code="9.1"),
        lambda world: SDGTarget.objects.count(),
    ),
    "give a file": (
        EDITORS,
        lambda desk: desk.client.post(
            reverse("admin:commitments_import_add"),
            {"kind": "parties", "file": SimpleUploadedFile("parties.csv", b"slug,kind,name\nx,bloc,X\n")},
        ),
        lambda world: Import.objects.count(),
    ),
    "confirm an import": (
        EDITORS,
        lambda desk: desk.post(url("import", "change", desk.world.upload.pk), decision="confirm"),
        lambda world: Party.objects.filter(slug="port-fund").exists(),
    ),
    "discard an import": (
        EDITORS,
        lambda desk: desk.post(url("import", "change", desk.world.upload.pk), decision="discard"),
        field("upload", "state"),
    ),
    "say what a word means": (
        (*EDITORS, A),
        lambda desk: desk.change("statusword", desk.world.word, status="stalled"),
        field("word", "status"),
    ),
    "edit a user": (
        (A,),
        lambda desk: desk.change("user", desk.world.user, first_name="Some"),
        field("user", "first_name"),
    ),
    "end somebody's sessions": (
        (A,),
        lambda desk: desk.client.post(url("user", "sessions", desk.world.user.pk), {"end": "1"}),
        lambda world: LogEntry.objects.filter(object_id=str(world.user.pk)).count(),
    ),
    "take somebody's second factors": (
        (A,),
        lambda desk: desk.client.post(url("user", "sessions", with_app(desk.world.user).pk), {"remove": "1"}),
        lambda world: LogEntry.objects.filter(object_id=str(world.user.pk)).count(),
    ),
    "take a superuser's second factors": (
        NOBODY,
        lambda desk: desk.client.post(url("user", "sessions", desk.world.ruler.pk), {"remove": "1"}),
        lambda world: LogEntry.objects.filter(object_id=str(world.ruler.pk)).count(),
    ),
    "make a user a superuser": (
        NOBODY,
        lambda desk: desk.change("user", desk.world.user, is_superuser="on"),
        field("user", "is_superuser"),
    ),
    "edit a superuser": (
        NOBODY,
        lambda desk: desk.change("user", desk.world.ruler, first_name="Usurped"),
        field("ruler", "first_name"),
    ),
    "give a user a right of their own": (
        NOBODY,
        lambda desk: desk.change("user", desk.world.user, user_permissions=["1"]),
        lambda world: User.objects.get(pk=world.user.pk).user_permissions.count(),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_write_happens_if_the_role_allows_it_and_only_then(who: str, what: str) -> None:
    allowed, do, seen = WRITES[what]
    world = World()
    before = seen(world)

    do(Desk(world, browser_of(who)))

    assert (seen(world) != before) == (who in allowed)


@pytest.mark.django_db
def test_what_an_administrator_changes_in_a_sector_is_settled_with_its_commitments() -> None:
    world = World()

    Desk(world, browser_of(A)).change("sector", world.sector, short_label="Railways")

    # Exits with an error if anything derived says something else.
    call_command("check_history", stdout=StringIO())
