"""A draft is submitted, read, sent back and approved on the editors' pages."""

import pytest
from django.test import Client

from commitments.actions import developments, reviews
from commitments.codelists import Status
from commitments.models import Commitment, Development
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.admin.world import submitted
from tests.factories import make_commitment, make_development, make_draft_development
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(db: None) -> Commitment:
    return make_commitment("RAIL-1")


@pytest.fixture
def contributor(db: None) -> Client:
    return logged_in(make_member(DeskRole.CONTRIBUTOR, "cara"))


@pytest.fixture
def reviewer(db: None) -> Client:
    return logged_in(make_member(DeskRole.REVIEWER, "rosa"))


def buttons(page: Markup) -> set[str]:
    return {button.attributes.get("name", "") for button in page.all("input", type="submit")}


def decide(reviewer: Client, draft: Development, button: str, comment: str = "") -> Client:
    opened = filled(reviewer.get(url("development", "review", draft.pk)), comment=comment)
    return reviewer.post(url("development", "review", draft.pk), {**opened, button: "1"})  # type: ignore[return-value]


def test_a_contributor_submits_and_is_offered_no_publication(contributor: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, by=make_member(DeskRole.CONTRIBUTOR, "cara"))
    address = url("development", "change", draft.pk)
    page = read(contributor, address)
    assert "_submit" in buttons(page)
    assert "_publish" not in buttons(page)

    contributor.post(address, {**filled(contributor.get(address)), "_submit": "1"})

    page = read(contributor, address)
    assert "It waits for a reviewer" in page.words
    assert not {"_submit", "_approve"} & buttons(page)
    assert url("development", "delete", draft.pk) not in {link.attributes.get("href") for link in page.all("a")}


def test_what_cannot_be_published_is_not_submitted_and_stays_typed(contributor: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    typed = filled(contributor.get(address), summary="A rail was laid.", happened="2999", evidence__TOTAL_FORMS="0")

    page = Markup.of(contributor.post(address, {**typed, "_submit": "1"}))

    assert "It cannot have happened after today" in page.words
    assert "A rail was laid." in page.one("textarea", name="summary").text
    assert not Development.objects.exists()


def test_the_comment_of_a_reviewer_is_shown_to_the_author(
    contributor: Client, reviewer: Client, commitment: Commitment
) -> None:
    draft = submitted(commitment)

    decide(reviewer, draft, "_request_changes", "Which of the two lines?")

    page = read(contributor, url("development", "change", draft.pk))
    assert "Changes requested" in page.words
    assert "Which of the two lines?" in page.words
    assert "_submit" in buttons(page)


def test_a_reviewer_decides_on_the_page_of_the_draft(reviewer: Client, commitment: Commitment) -> None:
    draft = submitted(commitment)

    page = read(reviewer, url("development", "change", draft.pk))
    assert {"_approve", "_request_changes", "_reject"} <= buttons(page)

    decide(reviewer, draft, "_approve", "Well found.")
    draft.refresh_from_db()
    assert draft.is_published
    assert "Well found." in read(reviewer, url("development", "change", draft.pk)).words


DECISIONS = ["_approve", "_request_changes", "_reject"]
STATUSES = [(Status.DELIVERED, "a reviewer other than you has to approve it"), (Status.IN_PROGRESS, "as your own")]


@pytest.mark.parametrize("button", DECISIONS)
@pytest.mark.parametrize(("status", "advice"), STATUSES)
def test_a_decision_on_a_draft_into_which_something_was_typed_is_refused_and_loses_no_word(
    reviewer: Client, commitment: Commitment, button: str, status: Status, advice: str
) -> None:
    draft = submitted(commitment, status=status, summary="A rail was laid.")
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), summary="Two rails were laid.", comment="Two, says the source.")

    response = reviewer.post(address, {**typed, button: "1"})

    page = Markup.of(response)
    assert "You changed it, and decide only on what is saved." in page.words
    assert advice in page.words
    assert "Two rails were laid." in page.one("textarea", name="summary").text
    assert "Two, says the source." in page.one("textarea", name="comment").text
    draft.refresh_from_db()
    assert (draft.is_published, draft.summary, draft.reviews.count()) == (False, "A rail was laid.", 1)

    reviewer.post(address, {**filled(response, comment=""), "_save": "1"})
    draft.refresh_from_db()
    assert draft.summary == "Two rails were laid."


@pytest.mark.parametrize("button", DECISIONS)
def test_a_source_that_was_changed_is_not_left_out_of_a_decision(
    reviewer: Client, commitment: Commitment, button: str
) -> None:
    draft = submitted(commitment)
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), evidence__0__quotation="Two rails.", comment="Good.")

    page = Markup.of(reviewer.post(address, {**typed, button: "1"}))

    assert "Two rails." in page.one("textarea", name="evidence-0-quotation").text
    assert draft.reviews.count() == 1


@pytest.mark.parametrize("button", DECISIONS)
def test_a_decision_is_taken_on_the_page_of_the_draft(reviewer: Client, commitment: Commitment, button: str) -> None:
    # As a file brings it; a browser posts line ends of its own.
    draft = submitted(commitment, summary="Two rails.\nOne of them new.")
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), comment="Seen.", summary="Two rails.\r\nOne of them new.")

    assert reviewer.post(address, {**typed, button: "1"}).status_code == 302

    draft.refresh_from_db()
    assert draft.is_published == (button == "_approve")
    assert draft.reviews.order_by("pk").last().comment == "Seen."  # type: ignore[union-attr]
    assert draft.summary == "Two rails.\nOne of them new."


@pytest.mark.parametrize("button", ["_save", "_submit", "_publish"])
def test_a_comment_is_not_dropped_by_a_button_that_decides_nothing(
    reviewer: Client, commitment: Commitment, button: str
) -> None:
    draft = submitted(commitment)
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), comment="Which line?")

    page = Markup.of(reviewer.post(address, {**typed, button: "1"}))

    assert "Your comment goes along with a decision only" in page.words
    assert "Which line?" in page.one("textarea", name="comment").text
    draft.refresh_from_db()
    assert (draft.is_published, draft.version) == (False, int(typed["version"][0]))


def test_a_comment_that_comes_too_late_on_the_page_of_the_draft_stays(reviewer: Client, commitment: Commitment) -> None:
    draft = submitted(commitment)
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), comment="I would ask for more.")
    reviews.reject(by=make_member(DeskRole.REVIEWER, "rita"), development=draft, version=draft.version, comment="Old.")

    page = Markup.of(reviewer.post(address, {**typed, "_request_changes": "1"}))

    assert "Somebody else saved this record" in page.words
    assert "I would ask for more." in page.one("textarea", name="comment").text
    assert not set(DECISIONS) & buttons(page)
    assert draft.reviews.count() == 2


def test_what_a_reviewer_had_typed_comes_back_with_the_comment(reviewer: Client, commitment: Commitment) -> None:
    draft = submitted(commitment)
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), comment="Which line?", summary="Two rails.")
    reviewer.post("/admin/autosave/", {**typed, "_address": address})

    page = read(reviewer, f"{address}?restore=1")

    assert "Which line?" in page.one("textarea", name="comment").text
    assert "Two rails." in page.one("textarea", name="summary").text


def test_who_may_not_review_decides_nothing_on_the_page_of_a_draft(commitment: Commitment) -> None:
    draft = submitted(commitment)
    editor = logged_in(make_member(DeskRole.EDITOR, "edda"))
    address = url("development", "change", draft.pk)

    assert editor.post(address, {**filled(editor.get(address)), "_approve": "1"}).status_code == 403
    draft.refresh_from_db()
    assert not draft.is_published


STEPS = {"_save", "_submit", "_publish", "_approve", "_request_changes", "_reject"}


def offered(client: Client, draft: Development) -> tuple[set[str], str]:
    """The buttons of a draft's page that write, and its words."""
    page = read(client, url("development", "change", draft.pk))
    return buttons(page) & STEPS, page.words


def test_a_submitted_verdict_is_not_offered_to_an_editor_to_publish(commitment: Commitment) -> None:
    draft = submitted(commitment, status=Status.DELIVERED)
    editor = logged_in(make_member(DeskRole.EDITOR, "edda"))

    found, words = offered(editor, draft)

    assert found == {"_save"}
    assert "“Delivered” is a verdict: a reviewer must publish it. It waits for one." in words
    assert "Submit it for review" not in words


def test_a_verdict_that_a_reviewer_changed_waits_for_another_and_says_so(
    reviewer: Client, commitment: Commitment
) -> None:
    draft = submitted(commitment, status=Status.DELIVERED)
    address = url("development", "change", draft.pk)

    typed = filled(reviewer.get(address), summary="Two rails were laid.")
    said = Markup.of(reviewer.post(address, {**typed, "_save": "1"}, follow=True))

    assert "It still waits for a reviewer: for another one than you" in said.words
    found, words = offered(reviewer, draft)
    assert found == {"_save"}
    assert "It waits for a reviewer other than you" in words
    assert "“Delivered” is a verdict, and you saved it last: a reviewer other than you must approve it." in words
    refused = Markup.of(reviewer.post(address, {**filled(reviewer.get(address)), "_publish": "1"}))
    assert "a reviewer other than you must approve it" in refused.words
    assert not {"_submit", "_publish"} & buttons(refused)
    assert "Submit it to a second person" not in refused.words
    assert offered(logged_in(make_member(DeskRole.REVIEWER, "rita")), draft)[0] == STEPS - {"_submit", "_publish"}


def test_a_reviewer_is_offered_one_way_to_publish_what_waits(reviewer: Client, commitment: Commitment) -> None:
    found, words = offered(reviewer, submitted(commitment))

    assert found == {"_save", "_approve", "_request_changes", "_reject"}
    assert "You decide on what is saved." in words


@pytest.mark.parametrize("status", ["", Status.DELIVERED])
@pytest.mark.parametrize("role", [DeskRole.EDITOR, DeskRole.REVIEWER])
def test_what_was_rejected_is_not_offered_for_publication(
    reviewer: Client, commitment: Commitment, role: DeskRole, status: str
) -> None:
    draft = submitted(commitment, status=status)
    decide(reviewer, draft, "_reject", "Old news.")

    found, words = offered(logged_in(make_member(role, "edda")), draft)

    assert found == {"_save", "_submit"}
    assert "It was rejected: mend it and submit it again." in words


def test_a_verdict_of_ones_own_is_offered_for_submission_alone(commitment: Commitment) -> None:
    rita = make_member(DeskRole.REVIEWER, "rita")
    draft = make_draft_development(commitment, by=rita, status=Status.DELIVERED)

    found, words = offered(logged_in(rita), draft)

    assert found == {"_save", "_submit"}
    assert "somebody other than you must publish it. Submit it for review." in words


def test_what_was_published_meanwhile_offers_no_button_that_writes(reviewer: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment)
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address), summary="Two rails were laid.")
    developments.publish(by=make_member(DeskRole.REVIEWER, "rita"), development=draft)

    page = Markup.of(reviewer.post(address, {**typed, "_save": "1"}))

    assert not STEPS & buttons(page)
    assert "it is corrected, never edited" in page.words
    assert "Two rails were laid." in page.one("textarea", name="summary").text


def test_nobody_is_offered_to_decide_on_their_own(reviewer: Client, commitment: Commitment) -> None:
    draft = submitted(commitment, make_member(DeskRole.REVIEWER, "rosa"))

    assert "_approve" not in buttons(read(reviewer, url("development", "change", draft.pk)))
    assert "There is nothing to decide" in read(reviewer, url("development", "review", draft.pk)).words


@pytest.mark.parametrize("button", ["_request_changes", "_reject"])
def test_sending_back_without_a_word_is_refused(reviewer: Client, commitment: Commitment, button: str) -> None:
    draft = submitted(commitment)

    page = Markup.of(decide(reviewer, draft, button))  # type: ignore[arg-type]

    assert "Say what is to be mended" in page.words
    assert draft.reviews.count() == 1


def test_the_second_of_two_reviewers_is_told_and_keeps_what_was_typed(reviewer: Client, commitment: Commitment) -> None:
    draft = submitted(commitment)
    address = url("development", "review", draft.pk)
    opened = filled(reviewer.get(address), comment="I would ask for more.")
    reviews.reject(
        by=make_member(DeskRole.REVIEWER, "rita"), development=draft, version=draft.version, comment="Old news."
    )

    page = Markup.of(reviewer.post(address, {**opened, "_request_changes": "1"}))

    assert "Somebody else saved this record" in page.words
    assert "Old news." in page.words
    assert "I would ask for more." in page.one("textarea", name="comment").text


@pytest.mark.parametrize("typed", [{}, {"version": "1"}, {"version": "x", "_approve": "1"}, {"_approve": "1"}])
def test_a_decision_that_is_none_decides_nothing(
    reviewer: Client, commitment: Commitment, typed: dict[str, str]
) -> None:
    draft = submitted(commitment)

    assert reviewer.post(url("development", "review", draft.pk), typed).status_code in (200, 400)
    draft.refresh_from_db()
    assert not draft.is_published


def test_drafts_are_found_by_where_they_stand(reviewer: Client, commitment: Commitment) -> None:
    make_development(commitment, summary="Long public")
    make_draft_development(commitment, summary="Being written")
    submitted(commitment, summary="To be read")
    rejected = submitted(commitment, summary="Unwanted")
    decide(reviewer, rejected, "_reject", "Old news.")

    texts = ("Long public", "Being written", "To be read", "Unwanted")
    shown = {}
    for state in ("published", "draft", "submitted", "to_review", "rejected"):
        words = read(reviewer, f"/admin/commitments/development/?state={state}").words
        shown[state] = {text for text in texts if text in words}

    assert shown == {
        "published": {"Long public"},
        "draft": {"Being written", "To be read"},
        "submitted": {"To be read"},
        "to_review": {"To be read"},
        "rejected": {"Unwanted"},
    }
