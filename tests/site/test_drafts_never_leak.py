"""What is not public shows nowhere: every public address is read for words that only unpublished records hold."""

import json
import re

import pytest
from django.test import Client

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.api.collections import COLLECTIONS
from commitments.codelists import (
    Classification,
    DevelopmentKind,
    Publication,
    RelationKind,
    Role,
    Status,
    Strength,
    SuggestionKind,
)
from commitments.exports.columns import LISTED
from commitments.models import (
    Amount,
    Commitment,
    CommitmentParty,
    Development,
    Passage,
    Relation,
    Suggestion,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_sector,
    make_summit,
    make_user,
)
from tests.markup import body, read
from tests.site.addresses import World, addresses, make_world

pytestmark = pytest.mark.django_db
CANARY = "Canary"
# Feeds that nothing narrows: one that is would tell, by telling of a retraction, what the record said.
WHOLE_FEEDS = {f"/commitments.{form}{query}" for form in ("atom", "feed.json") for query in ("", "?topics=1")}
HIDDEN = (Publication.DRAFT, Publication.RETRACTED)


@pytest.fixture
def world() -> World:
    return make_world()


def hide_canaries(world: World, published: Development | None = None) -> list[Commitment]:
    """Unpublished records beside the published ones, with a canary in everything that they say."""
    hidden = [_hidden_commitment(world, publication) for publication in HIDDEN]
    public = world.commitment
    make_draft_development(
        public,
        status=Status.STALLED,
        summary=f"{CANARY} development",
        note=f"{CANARY} note",
        searched=f"{CANARY} search",
        party=make_country("US"),
        documents=(make_document(f"{CANARY} source of a draft", publisher=f"{CANARY} publisher"),),
    )
    hide_suggestions(public)
    published = published or make_development(public, happened="2024-05-06", summary="It went on.")
    development_actions.draft_correction(
        by=make_user("contributor"), development=published, note=f"{CANARY} correction"
    )
    return hidden


def hide_suggestions(public: Commitment) -> list[Suggestion]:
    """A suggestion that waits, one that was taken up as a draft, and one that was declined."""
    waiting, accepted, declined = (
        suggestion_actions.send(
            commitment=public,
            kind=SuggestionKind.WRONG,
            text=f"{CANARY} suggestion {number}",
            url=f"https://{CANARY.lower()}.example/{number}",
            credit=f"{CANARY} reader",
        )
        for number in range(3)
    )
    by = make_user("contributor")
    development = Development(summary=f"{CANARY} suggested", kind=DevelopmentKind.DEVELOPMENT)
    development.happened = UncertainDate.parse("2024-05")
    suggestion_actions.accept(by=by, suggestion=accepted, development=development, outcome=f"{CANARY} outcome")
    suggestion_actions.decline(by=by, suggestion=declined, outcome=f"{CANARY} outcome")
    return [waiting, accepted, declined]


def _hidden_commitment(world: World, publication: Publication) -> Commitment:
    code = f"CANARY-{publication.value.upper()}"
    commitment = make_commitment(
        code,
        title=f"{CANARY} zebra title",
        summary=f"{CANARY} zebra summary",
        success_criterion=f"{CANARY} criterion",
        verifiability_note=f"{CANARY} missing",
        condition=f"{CANARY} condition",
        note=f"{CANARY} note",
        summit=make_summit("S-2023-HIDDEN", name="A summit with nothing public")
        if publication == Publication.DRAFT
        else world.commitment.summit,
        makers=(make_country("KZ"),),
        sectors=(make_sector("32210"),),
        due="2023-12",
        publication=Publication.DRAFT if publication == Publication.DRAFT else Publication.PUBLISHED,
    )
    CommitmentParty.objects.create(commitment=commitment, party=make_party(f"Partner {code}"), role=Role.IMPLEMENTER)
    Amount.objects.create(commitment=commitment, stage="announced", value=1, currency="USD", note=f"{CANARY} sum")
    shared = {"strength": Strength.AGREED, "verb": f"{CANARY} verb", "note": f"{CANARY} wording"}
    Wording.objects.create(commitment=commitment, document=world.document, quotation=f"{CANARY} quotation", **shared)
    Wording.objects.create(commitment=commitment, document=make_document(f"{CANARY} document {code}"), **shared)
    Relation.objects.create(
        source=commitment, kind=RelationKind.RESTATES, target=world.commitment, note=f"{CANARY} relation"
    )
    Relation.objects.create(
        source=world.commitment, kind=RelationKind.DEPENDS_ON, target=commitment, note=f"{CANARY} relation"
    )
    Passage.objects.create(
        document=world.document,
        paragraph=9,
        sentence=HIDDEN.index(publication) + 1,
        classification=Classification.COMMITMENT,
        summary="A passage of a public source.",
        reason="A reason.",
        commitment=commitment,
    )
    make_development(commitment, status=Status.IN_PROGRESS, summary=f"{CANARY} happened", documents=(world.document,))
    if publication == Publication.RETRACTED:
        commitment = commitment_actions.retract(
            by=make_user("editor"), commitment=commitment, reason="Not a commitment"
        )
    return commitment


def everywhere(world: World) -> list[str]:
    return [
        # A picture has no words to search.
        *(address for name, found in addresses(world).items() if name != "card" for address in found),
        "/commitments/?q=zebra",
        "/commitments/?topics=1&sort=-changed",
        "/commitments/?status=in_progress&country=KZ&sector=322",
        "/commitments/?summit=S-2023-HIDDEN",
        "/commitments.csv?topics=1",
        "/commitments.csv?q=zebra",
        "/matrix.csv?topics=1",
        "/matrix.csv?q=zebra",
        *(f"/{page}.json?topics=1" for page in ("commitments", "developments", "matrix")),
        *(f"/commitments/{shape.name}.json?topics=1" for shape in LISTED[1:]),
        *api_addresses(),
        *(f"/commitments.{form}?topics=1" for form in ("atom", "feed.json", "ics")),
        *(f"/commitments.{form}?q=zebra" for form in ("atom", "feed.json", "ics")),
        "/commitments.atom?country=KZ&topics=1",
        "/embed/commitments/?topics=1",
        "/embed/commitments/?q=zebra",
        "/commitments/cite.txt?topics=1",
        "/compare/?summit=S-2023&summit=S-2023-HIDDEN",
        "/summits/S-2023-HIDDEN/",
        "/summits/S-2023-HIDDEN/coverage/",
        "/developments/?q=zebra&topics=1",
        "/developments/?summit=S-2023-HIDDEN&entry=development",
        "/parties/partner-canary-draft/",
        "/parties/partner-canary-retracted/",
    ]


def api_addresses() -> list[str]:
    """Every list of the API with all that it may hold, and the record that the hidden ones stand beside."""
    return [
        *(f"/api/v1/{one.name}/?page_size=200{'&topics=1' if one.takes else ''}" for one in COLLECTIONS),
        "/api/v1/facets/?topics=1",
        "/api/v1/commitments/?q=zebra",
        "/api/v1/commitments/W-01/",
        "/api/v1/developments/?topics=1&entry=development",
    ]


def test_no_public_address_says_a_word_of_what_is_not_published(world: World, client: Client) -> None:
    hide_canaries(world)

    for address in everywhere(world):
        response = client.get(address)
        assert response.status_code == 200, address
        if address.endswith((".xlsx", ".parquet", ".zip")):
            # Compressed: the same rows as the other forms of it (tests/exports/test_forms.py).
            continue
        # The parties are reference data; their address and name bear the code here, and count nothing.
        said = body(response).replace("partner-canary", "").replace("Partner CANARY", "")
        # That a code was retracted is public, and the corrections log says so.
        tells_of_retractions = address.startswith(("/corrections/", "/api/v1/changes/")) or address in WHOLE_FEEDS
        said = said.replace("CANARY-RETRACTED", "") if tells_of_retractions else said
        assert CANARY.lower() not in said.lower(), address


def test_no_number_counts_what_is_not_published(world: World, client: Client) -> None:
    def numbers() -> dict[str, list[tuple[str, int]]]:
        return {
            address: sorted(read(client, address).linked_counts.items())
            for address in everywhere(world)
            # Files have no links; the addresses of hidden records' own parties and summit are not there before them.
            if not address.startswith(
                ("/robots", "/sitemap", "/parties/partner", "/api/", "/oembed", "/follow/confirm")
            )
            and not re.match(r"/[a-z/-]+\.[a-z]", address)
            and "HIDDEN" not in address
        }

    before = numbers()
    hide_canaries(world)

    assert numbers() == before
    assert read(client, "/commitments/?q=zebra").total == 0


def test_hidden_records_have_no_page_of_their_own(world: World, client: Client) -> None:
    draft, retracted = hide_canaries(world)

    assert client.get(draft.get_absolute_url()).status_code == 404
    gone = client.get(retracted.get_absolute_url())
    assert gone.status_code == 410
    assert CANARY not in body(gone)
    for number in range(1, retracted.revisions.count() + 1):
        gone = client.get(f"/commitments/{retracted.code}/v{number}/")
        assert gone.status_code == 410
        assert CANARY not in body(gone)
    assert client.get(f"/commitments/{draft.code}/v1/").status_code == 404
    for commitment in (draft, retracted):
        only_there = commitment.wordings.get(document__title__startswith=CANARY).document
        assert client.get(only_there.get_absolute_url()).status_code == 404


def test_what_readers_suggest_shows_on_its_own_page_alone(world: World, client: Client) -> None:
    for suggestion in hide_suggestions(world.commitment):
        said = body(client.get(suggestion.get_absolute_url()))
        assert suggestion.text in said
        assert suggestion.outcome in said
        others = Suggestion.objects.exclude(pk=suggestion.pk).values_list("text", flat=True)
        assert not [text for text in others if text in said]


def test_no_file_and_no_answer_to_a_program_counts_what_is_not_published(world: World, client: Client) -> None:
    # Reference data are counted all; a retraction is told; and a reading of a shared source is public.
    free = ("/api/v1/summits/", "/api/v1/parties/", "/api/v1/changes/")
    counted = [address for address in everywhere(world) if re.search(r"\.json($|\?)|/api/v1/", address)]

    def counts() -> dict[str, int]:
        answers = {address: json.loads(body(client.get(address))) for address in counted}
        return {
            address: answer["count"]
            for address, answer in answers.items()
            if "count" in answer and not address.startswith(free)
        }

    before = counts()
    assert len(before) > len(COLLECTIONS)
    # One further correction is published, and with it what it corrects.
    published = make_development(world.commitment, happened="2024-05-06", summary="It went on.")
    assert counts() != before
    before = counts()
    hide_canaries(world, published=published)

    assert counts() == before


def test_publishing_is_what_makes_it_public(world: World, client: Client) -> None:
    # The canaries would be seen if they were public: else the tests above would prove nothing.
    make_commitment(
        "CANARY-PUBLIC", title=f"{CANARY} zebra title", summit=world.commitment.summit, makers=(make_country("KZ"),)
    )

    for address in (
        "/commitments/",
        "/commitments.csv",
        "/matrix/",
        "/matrix.csv",
        "/summits/S-2023/",
        "/countries/KZ/",
        "/commitments/?q=zebra",
    ):
        assert CANARY in body(client.get(address)), address
