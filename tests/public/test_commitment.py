"""One commitment's page: what, who, to whom, by when, where it stands, since when, on what evidence, checked when."""

import datetime as dt

import pytest
from django.test import Client

from commitments.actions import developments as development_actions
from commitments.codelists import (
    RECORD_CLASSIFICATIONS,
    Classification,
    Confidence,
    DevelopmentKind,
    EvidenceRole,
    LinkHealth,
    MoneyStage,
    Provenance,
    Publication,
    RelationKind,
    Role,
    SourceKind,
    Status,
    Strength,
    Verifiability,
)
from commitments.models import Amount, Commitment, CommitmentParty, Evidence, Relation, Wording
from commitments.public.commitment import ACTS
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
    make_series,
    make_summit,
    make_user,
)
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


def page_of(client: Client, commitment: Commitment) -> Markup:
    return read(client, f"/commitments/{commitment.code}/")


def test_the_first_screen_answers_every_question_in_order(client: Client) -> None:
    summit = make_summit("S-01", name="The New York summit")
    commitment = make_commitment(
        "PAGE-01",
        title="Open a dialogue",
        summary="To open a *standing* dialogue.",
        summit=summit,
        makers=(make_country("US"),),
        addressees=(make_country("KZ"),),
        due="2023-10",
    )
    source = make_document("The dialogue met", publisher="The Gazette")
    make_development(commitment, status=Status.DELIVERED, happened="2023-10-24", documents=(source,))
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Three newspapers", on=dt.date(2024, 3, 1)
    )

    words = page_of(client, commitment).words

    answers = [
        "PAGE-01 · Commitment",
        "Open a dialogue",
        "Delivered since 24 October 2023",
        "What was promised To open a standing dialogue.",
        "By whom United States of America",
        "To whom Kazakhstan",
        "When and where 19 September 2023, The New York summit",
        "By when October 2023 (stated in the text)",
        "On what evidence The dialogue met The Gazette · Third party For the entry of 24 October 2023",
        "Last checked 1 March 2024",
        "What came of it",
    ]
    places = [words.find(answer) for answer in answers]
    assert -1 not in places, answers[places.index(-1)]
    assert places == sorted(places)


def test_a_commitment_that_nobody_assessed_says_so_and_shows_where_it_was_worded(client: Client) -> None:
    words = page_of(client, make_commitment("PAGE-01")).words

    assert "Not assessed" in words
    assert "No deadline: the text gives none" in words
    assert "That is not a verdict" in words
    assert "That it was made rests on:" in words
    assert "Last checked Not yet" in words


@pytest.mark.parametrize(("dated", "said"), [("", ""), ("2024-03", ", March 2024")])
def test_the_evidence_has_the_day_of_its_entry_and_its_own_date_where_that_is_known(
    client: Client, dated: str, said: str
) -> None:
    commitment = make_commitment("PAGE-01")
    source = make_document("The report")
    source.dated = UncertainDate.parse(dated) if dated else None
    source.save()
    development = make_development(commitment, status=Status.IN_PROGRESS, happened="2024-02", documents=(source,))

    page = page_of(client, commitment)

    assert f"On what evidence The report The Gazette{said} · Third party For the entry of February 2024" in page.words
    assert page.all("a", href=f"#{development.anchor}")


def test_the_wordings_promise_no_words_that_are_not_there(client: Client) -> None:
    words = page_of(client, make_commitment("PAGE-01")).words

    assert "Each document in its own words" not in words
    assert "The words themselves are to be read there, unless they are quoted here." in words


def test_a_commitment_without_a_status_says_that_somebody_looked_and_when(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Three newspapers", on=dt.date(2026, 3, 4)
    )

    words = page_of(client, commitment).words

    assert "No published entry supports a status yet. Counts in no rate." in words
    assert "Looked for on 4 March 2026; no status could be given." in words
    assert "Nobody has looked" not in words
    assert "No entry has been published" not in words


def test_an_entry_that_supports_no_status_leaves_it_without_one(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    make_development(commitment, summary="They spoke of it.")

    words = page_of(client, commitment).words

    assert "No published entry supports a status yet. Counts in no rate." in words
    assert "Looked for on" not in words
    assert "No entry has been published" not in words
    assert "No evidence of what came of it" not in words


def test_developments_come_newest_first_with_date_party_status_and_sources(client: Client) -> None:
    kazakhstan = make_country("KZ")
    commitment = make_commitment("PAGE-01", makers=(kazakhstan,))
    source = make_document(
        "Report",
        publisher="The Gazette",
        caution="A copy.",
        link_health=LinkHealth.GONE,
        gone_since=dt.date(2025, 2, 1),
    )
    make_development(commitment, happened="2024-01", summary="It began.", party=kazakhstan, status=Status.IN_PROGRESS)
    make_development(commitment, happened="2024-05-06", summary="It went on.", documents=(source,), note="In part.")

    page = page_of(client, commitment)

    entries = [" ".join(element.text.split()) for element in page.all("li") if "entry" in element.classes]
    assert [entry.split(".")[0] for entry in entries] == [
        "6 May 2024 It went on",
        "January 2024 In progress Kazakhstan It began",
    ]
    for words in (
        "Report The Gazette",
        "Shows progress",
        "Third party",
        "gone from its address since 1 February 2025",
        "Caution: A copy.",
        "Note: In part.",
    ):
        assert words in entries[0]
    assert page.all("time", datetime="2024-01")


def test_checks_and_replies_are_shown_as_such(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Three newspapers", on=dt.date(2024, 3, 1)
    )
    make_development(
        commitment,
        kind=DevelopmentKind.REPLY,
        party=make_country("KZ"),
        documents=(),
        happened="2024-04",
        summary="We differ.",
    )

    words = page_of(client, commitment).words

    assert "1 March 2024 Check" in words
    assert "Where we looked: Three newspapers" in words
    assert "April 2024 Reply Kazakhstan" in words
    assert "Contested" in words


def test_a_correction_and_what_it_corrects_point_at_each_other(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    wrong = make_development(commitment, status=Status.IN_PROGRESS, happened="2024-01-02", summary="Wrong.")
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    correction.summary = "Right."
    correction = development_actions.edit_draft(
        by=make_user("contributor"), development=correction, version=correction.version
    )
    development_actions.publish(by=make_user("reviewer"), development=correction)

    page = page_of(client, commitment)

    assert "Corrected: this entry no longer counts." in page.words
    assert "Why it was corrected: Misread." in page.words
    links = list(page.links)
    assert f"/commitments/PAGE-01/#{wrong.anchor}" in links
    assert f"/commitments/PAGE-01/#{correction.anchor}" in links


def test_a_correction_that_is_still_a_draft_shows_nowhere(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    wrong = make_development(commitment, summary="As it stands.")
    development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Secret doubt.")

    page = page_of(client, commitment)

    assert "As it stands." in page.words
    assert "no longer counts" not in page.words
    assert "Secret doubt" not in page.words


def test_each_party_has_its_role_and_each_maker_its_own_status(client: Client) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    agency = make_party("Agency", abolished_on=dt.date(2025, 7, 1), successor=make_party("Department"))
    commitment = make_commitment("PAGE-01", makers=(kazakhstan, usa))
    CommitmentParty.objects.create(commitment=commitment, party=agency, role=Role.IMPLEMENTER)
    make_development(commitment, party=usa, status=Status.DELIVERED, happened="2024-02-08")

    words = page_of(client, commitment).words

    assert "Kazakhstan Maker Not assessed" in words
    assert "United States of America Maker Delivered since 8 February 2024" in words
    assert "Agency (abolished 1 July 2025) → Department Implementer none: not a maker" in words
    assert "Orphaned. The body responsible" in words


def test_it_says_why_it_has_its_status(client: Client) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    by_rule = make_commitment("WHY-01", makers=(kazakhstan, usa), success_criterion="A train runs.")
    make_development(by_rule, party=usa, status=Status.DELIVERED, happened="2024-02-08", summary="A train ran.")
    as_a_whole = make_commitment("WHY-02", makers=(kazakhstan, usa))
    development = make_development(as_a_whole, status=Status.STALLED, happened="2024-02")

    rule = page_of(client, by_rule)
    whole = page_of(client, as_a_whole)

    assert "The status is “Partially delivered” because of the entry of 8 February 2024: A train ran." in rule.words
    assert "follows from the makers' own by rule v1" in rule.words
    assert "What counts as delivered: A train runs." in rule.words
    assert "gave a status to the commitment as a whole" in whole.words
    assert whole.all("a", href=f"#{development.anchor}")


def test_wordings_stand_side_by_side_with_verb_and_strength(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    Wording.objects.create(
        commitment=commitment,
        document=make_document("Чтение", publisher="Газета"),
        strength=Strength.PROPOSED,
        verb="предложил",
        language="ru",
        paragraph=3,
        sentence=2,
        quotation="Мы предлагаем.",
        translation="We propose.",
    )

    page = page_of(client, commitment)

    assert (
        "Чтение Газета, Russian · Secondary · read at the source: Чтение (address not checked) "
        "Мы предлагаем. Translated: We propose. предложил Proposed paragraph 3, sentence 2" in page.words
    )
    assert page.one("blockquote")["lang"] == "ru"


def test_sums_are_listed_by_stage_and_never_added(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    Amount.objects.create(
        commitment=commitment, stage=MoneyStage.ANNOUNCED, value="14300000", currency="USD", qualifier="about"
    )
    Amount.objects.create(
        commitment=commitment,
        stage=MoneyStage.DISBURSED,
        value="1000.50",
        value_max="2000",
        currency="EUR",
        qualifier="range",
    )

    words = page_of(client, commitment).words

    assert "about USD 14,300,000 Announced" in words
    assert "between EUR 1,000.50 and EUR 2,000 Disbursed" in words
    assert "They are not to be added together." in words


def test_relations_are_read_from_both_ends(client: Client) -> None:
    earlier, later = make_commitment("REL-01", title="Earlier"), make_commitment("REL-02", title="Later")
    Relation.objects.create(source=later, kind=RelationKind.RESTATES, target=earlier, note="Word for word.")

    assert "Restates: Earlier REL-01 Not assessed Word for word." in page_of(client, later).words
    assert "Is restated by: Later REL-02 Not assessed Word for word." in page_of(client, earlier).words


def test_the_record_says_how_it_is_classified_and_how_to_cite_it(client: Client) -> None:
    series = make_series("c5-plus-1", "C5+1")
    commitment = make_commitment(
        "PAGE-01",
        summit=make_summit("S-01", series=series),
        sectors=(make_sector("32210", "Mining"),),
        verifiability=Verifiability.PARTLY,
        verifiability_note="No list exists.",
        condition="If funds allow",
    )

    page = page_of(client, commitment)

    revision = commitment.revisions.get()
    for words in (
        "Kind of act Programme or project",
        "Strength of the verb Announced",
        "Condition If funds allow",
        "Partly verifiable: No list exists.",
        "Sectors Mining 32210",
        "Series C5+1",
        "“Commitment PAGE-01 (PAGE-01)”, revision 1, ",
        "http://testserver/commitments/PAGE-01/",
        f"SHA-256 {revision.sha256}.",
    ):
        assert words in page.words


def test_the_history_of_the_status_keeps_both_clocks(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    make_development(
        commitment, status=Status.IN_PROGRESS, happened="2024-02", at=dt.datetime(2024, 5, 1, 12, 30, tzinfo=dt.UTC)
    )

    assert (
        "February 2024 the whole Not assessed In progress 1 May 2024, 12:30 the entry of February 2024"
        in page_of(client, commitment).words
    )


def test_flags_come_with_their_meaning(client: Client) -> None:
    commitment = make_commitment("PAGE-01", due="2023-10")
    development = make_draft_development(commitment, documents=(), status=Status.IN_PROGRESS)
    Evidence.objects.create(
        development=development,
        document=make_document(),
        role=EvidenceRole.SHOWS_PROGRESS,
        provenance=Provenance.SELF_REPORTED,
        confidence=Confidence.HIGH,
    )
    development_actions.publish(by=make_user("reviewer"), development=development)

    words = page_of(client, commitment).words

    assert "Overdue. The due date has ended and the status is open or unknown." in words
    assert "Self-reported only. No evidence comes from anyone but the party" in words


def test_a_topic_is_marked_as_no_undertaking(client: Client) -> None:
    topic = make_commitment("PAGE-01", classification=Classification.TOPIC, strength=Strength.DISCUSSED)

    assert "This is a topic, not an undertaking" in page_of(client, topic).words


def test_a_code_in_small_letters_leads_to_the_one_address(client: Client) -> None:
    make_commitment("PAGE-01")

    response = client.get("/commitments/page-01/")

    assert response.status_code == 301
    assert response["Location"] == "/commitments/PAGE-01/"


def test_a_retracted_commitment_says_when_and_why_and_nothing_else(client: Client) -> None:
    make_commitment("PAGE-01", title="Taken back", publication=Publication.RETRACTED)

    page = read(client, "/commitments/PAGE-01/", status=410)

    assert "PAGE-01 was retracted" in page.words
    assert "Reason Not a commitment" in page.words
    assert "Taken back" not in page.words


def test_a_draft_and_a_code_that_never_was_do_not_exist(client: Client) -> None:
    make_commitment("PAGE-01", publication=Publication.DRAFT)

    assert "There is no such page" in read(client, "/commitments/PAGE-01/", status=404).words
    assert "There is no such page" in read(client, "/commitments/PAGE-02/", status=404).words


def test_a_closed_commitment_stays_public_and_says_that_nobody_follows_it(client: Client) -> None:
    commitment = make_commitment("PAGE-01", publication=Publication.CLOSED)

    assert "Closed: no longer followed" in page_of(client, commitment).words


def test_what_editors_write_cannot_bring_markup_of_its_own(client: Client) -> None:
    commitment = make_commitment(
        "PAGE-01",
        title="<script>alert(1)</script>",
        summary="<img src=x onerror=alert(1)> [a](javascript:alert(1)) **bold** <b>x</b>",
    )

    page = page_of(client, commitment)

    # A block of data is not run.
    assert not [script for script in page.all("script") if script.attributes.get("type") != "application/ld+json"]
    assert not page.all("img")
    assert [element.text for element in page.all("strong")][:1] == ["bold"]
    assert not [link for link in page.all("a") if link["href"].startswith("javascript")]


def test_what_was_only_asked_for_is_not_called_a_promise(client: Client) -> None:
    request = make_commitment("PAGE-01", classification=Classification.REQUEST, summary="Support for a centre.")
    CommitmentParty.objects.create(commitment=request, party=make_country("UZ"), role=Role.RECIPIENT)

    words = page_of(client, request).words

    assert "What was asked for Support for a centre." in words
    assert "What was promised" not in words
    assert "For whom Uzbekistan" in words


def test_every_classification_of_a_record_says_what_was_done() -> None:
    assert set(ACTS) == set(RECORD_CLASSIFICATIONS)


def test_it_says_what_would_move_the_status_next(client: Client) -> None:
    commitment = make_commitment("PAGE-01", due="2023-10")

    words = page_of(client, commitment).words

    assert "What would move it next The first published entry with a source that supports a status moves it." in words
    assert "Its deadline, October 2023, has ended" in words
    then = read(client, "/commitments/PAGE-01/?as_of=2023-10-01").words
    assert "Its deadline is October 2023." in then


def test_sources_say_when_they_were_captured_and_whether_they_still_answer(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    kept = make_document(
        "Kept",
        link_health=LinkHealth.OK,
        archive_url="https://archive.example/kept",
        captured_on=dt.date(2024, 5, 1),
    )
    Wording.objects.create(commitment=commitment, document=kept, strength=Strength.AGREED)
    make_development(commitment, documents=(kept, make_document("Untried")))

    page = page_of(client, commitment)

    said = "read at the source: Kept (answered when last tried) · archived copy: Kept · captured 1 May 2024"
    assert page.words.count(said) == 2
    assert "read at the source: Untried (address not checked)" in page.words


def test_it_says_whose_own_text_it_rests_on_and_not_who_never_mentions_it(client: Client) -> None:
    commitment = make_commitment("PAGE-01")
    assert "No own text of a body that issued it is held here" in page_of(client, commitment).words
    own = make_document(publisher="The ministry", source_kind=SourceKind.PRIMARY)
    for sentence in (1, 2):
        Wording.objects.create(commitment=commitment, document=own, strength=Strength.AGREED, paragraph=sentence)

    words = page_of(client, commitment).words

    assert "Own text of a body that issued it: The ministry. Reported by: The Gazette." in words
    assert "Which parties never mention it cannot be told from this" in words
