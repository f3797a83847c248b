"""Every public address of the site, from the resolver, so that the whole-site tests cannot forget a new page."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, reverse

from commitments import citations
from commitments.actions import developments as development_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.codelists import (
    Classification,
    DevelopmentKind,
    MoneyStage,
    Publication,
    RelationKind,
    Status,
    Strength,
    SuggestionKind,
)
from commitments.exports.columns import LISTED
from commitments.exports.formats import FORMATS
from commitments.following import addresses as addressing
from commitments.models import (
    Amount,
    Commitment,
    Document,
    Participation,
    Passage,
    Relation,
    Release,
    Subscription,
    Suggestion,
    Wording,
)
from commitments.public.sitemaps import SECTIONS
from commitments.public.urls import urlpatterns
from commitments.releases.build import sha256
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_party,
    make_sector,
    make_series,
    make_subscription,
    make_summit,
    make_user,
)

RELEASE = "2025.1"
# Names that lead to a file, not to a page.
FILES = frozenset(
    {
        "card",
        "catalogue",
        "cite",
        "cite_list",
        "cite_revision",
        "commitment_feed",
        "commitment_feed_json",
        "commitments_file",
        "deadlines",
        "developments_file",
        # Pages for a frame of another site: tests/public/test_embeds.py.
        "embed",
        "embed_list",
        "feed",
        "feed_json",
        "matrix_file",
        "release_file",
        "oembed",
        "robots",
        "scores_file",
        "security_txt",
        "shape_file",
        "sitemap",
        "sitemap_index",
    }
)


@dataclass(frozen=True)
class World:
    """A small site with something on every page."""

    commitment: Commitment
    document: Document
    suggestion: Suggestion
    # Followed by e-mail, and what is signed for one that its holder did not confirm yet: with the time of signing.
    subscription: Subscription
    to_confirm: str


def make_world() -> World:
    """Published records of every kind, so that no page is empty."""
    kazakhstan, uzbekistan, usa = make_country("KZ"), make_country("UZ"), make_country("US")
    c5 = make_bloc("C5", kazakhstan, uzbekistan, joined_on=dt.date(2015, 11, 1))
    agency = make_party("Agency", country=usa, abolished_on=dt.date(2025, 7, 1), successor=make_party("Department"))
    series = make_series()
    series.members.add(kazakhstan, usa)
    summit = make_summit("S-2023", name="The summit of 2023", series=series, host=usa, place="New York")
    make_summit("S-2024", name="The dialogue of 2024", parent=summit, starts_on=dt.date(2024, 2, 8))
    Participation.objects.create(summit=summit, party=kazakhstan, representative="A. Person")
    mining, rail = make_sector("32210", "Mineral policy"), make_sector("21030", "Rail transport")

    dialogue = make_commitment(
        "W-01",
        title="Open a dialogue on minerals",
        summit=summit,
        makers=(usa,),
        addressees=(c5,),
        sectors=(mining,),
        due="2023-10",
    )
    railway = make_commitment(
        "W-02", title="Build a railway", summit=summit, makers=(kazakhstan, agency), sectors=(rail, mining), due="2099"
    )
    make_commitment(
        "W-03",
        title="Talk of trade",
        summit=summit,
        classification=Classification.TOPIC,
        strength=Strength.DISCUSSED,
    )
    make_commitment("W-04", title="No longer followed", publication=Publication.CLOSED)
    Relation.objects.create(source=railway, kind=RelationKind.PART_OF, target=dialogue)
    Amount.objects.create(commitment=railway, stage=MoneyStage.ANNOUNCED, value="1000000", currency="USD")

    document = make_document("The article", publisher="The Gazette")
    Wording.objects.create(commitment=dialogue, document=document, strength=Strength.PROPOSED, paragraph=1, sentence=2)
    Passage.objects.create(
        document=document,
        paragraph=1,
        sentence=2,
        classification=Classification.COMMITMENT,
        summary="A dialogue is proposed.",
        reason="An actor and an act.",
        commitment=dialogue,
    )
    make_development(dialogue, status=Status.DELIVERED, happened="2024-02-08", documents=(document,))
    make_development(railway, party=kazakhstan, status=Status.IN_PROGRESS, happened="2024-03")
    make_development(railway, kind=DevelopmentKind.REPLY, party=agency, happened="2024-04", documents=())
    wrong = make_development(railway, happened="2024-05-06", summary="The rails came.")
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    development_actions.publish(by=make_user("reviewer"), development=correction)
    suggestion = suggestion_actions.send(
        commitment=dialogue,
        kind=SuggestionKind.HAPPENED,
        text="The dialogue met again.",
        url="https://example.org/again",
        happened=UncertainDate.parse("2024-05"),
        credit="A. Reader",
    )
    _make_release()
    return World(
        commitment=dialogue,
        document=document,
        suggestion=suggestion,
        subscription=make_subscription("country=KZ"),
        to_confirm=_signed(addressing.confirming(make_subscription("commitment=W-01", is_confirmed=False))),
    )


def _make_release() -> None:
    """A release with one file, as the record has it."""
    folder = Path(settings.RELEASES_DIR) / RELEASE
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LICENSE").write_bytes(b"CC BY 4.0\n")
    file = {"name": "LICENSE", "size": 10, "sha256": sha256(folder / "LICENSE")}
    Release.objects.create(
        version=RELEASE,
        known_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        released_at=dt.datetime(2025, 1, 2, tzinfo=dt.UTC),
        by=make_user("reviewer"),
        codebook_version="1.0",
        counts={"commitments": 0, "developments": 0, "status-changes": 0, "documents": 0},
        manifest={"files": [file], "previous": None, "revisions": 0, "written_with": {}},
    )


def _signed(address: str) -> str:
    """The last part of an address that this site signed."""
    return address.rstrip("/").rpartition("/")[2]


def addresses(world: World) -> dict[str, list[str]]:
    """The addresses that each name of the resolver stands for in this world. `KeyError` for a name not known here."""
    arguments: dict[str, list[tuple[str | int, ...]]] = {
        "commitment": [("W-01",), ("W-02",), ("W-03",), ("W-04",)],
        "revision": [("W-01", 1), ("W-01", 2), ("W-02", 3)],
        "coverage": [("S-2023",), ("S-2024",)],
        "card": [("W-01",), ("W-03",)],
        "cite": [("W-01", form) for form in citations.FORMS],
        "cite_list": [(form,) for form in citations.FORMS],
        "cite_revision": [("W-01", 1, form) for form in citations.FORMS],
        "commitment_feed": [("W-01",), ("W-02",)],
        "commitment_feed_json": [("W-01",), ("W-02",)],
        "embed": [("W-01",), ("W-03",)],
        "summit": [("S-2023",), ("S-2024",)],
        "series": [("c5-plus-1",)],
        "country": [("KZ",), ("US",)],
        "party": [("c5",), ("agency",), ("department",)],
        "sector": [("322",), ("32210",)],
        "document": [(world.document.pk,)],
        "suggest": [("W-01",), ("W-04",)],
        "follow_manage": [(world.subscription.token,)],
        "follow_confirm": [(world.to_confirm,)],
        "follow_unsubscribe": [(_signed(addressing.unsubscribing(world.subscription)),)],
        "suggestion": [(world.suggestion.reference,)],
        "release": [(RELEASE,)],
        "release_file": [(RELEASE, "LICENSE")],
        "sitemap": [(section,) for section in SECTIONS],
        **{
            name: [(one,) for one in FORMATS]
            for name in ("commitments_file", "developments_file", "matrix_file", "scores_file")
        },
        "shape_file": [(shape.name, ending) for shape in LISTED[1:] for ending in FORMATS],
    }
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        name = str(pattern.name)
        takes_arguments = "<" in str(pattern.pattern)
        found[name] = [reverse(name, args=one) for one in (arguments[name] if takes_arguments else [()])]
    found["oembed"] = [
        f"{reverse('oembed')}?format={form}&url=http%3A%2F%2Ftestserver%2Fcommitments%2F{path}"
        for form in ("json", "xml")
        for path in ("W-01%2F", "%3Fcountry%3DKZ")
    ]
    found["api"] = [reverse("api")]
    found["commitments"] += [
        "/commitments/?country=KZ&status=delivered&q=dialogue",
        "/commitments/?status=withdrawn&topics=1",
    ]
    found["matrix"] += ["/matrix/?party=agency&topics=1", "/matrix/?status=withdrawn"]
    found["compare"] += [
        "/compare/?country=KZ&country=US&topics=1",
        "/compare/?of=party&party=agency&party=c5&sector=322",
        "/compare/?of=summit",
        "/compare/?summit=S-2023&summit=S-2024",
    ]
    found["scores"] += [
        "/scores/?by=sector&country=KZ&silence=zero&weights=strength",
        "/scores/?by=summit&joint=1&as_of=2024-01&topics=1",
        "/scores/?by=series&status=withdrawn&verdicts=1",
    ]
    # A month with a deadline in a span, one without any; a figure that not every country has.
    found["calendar"] += ["/calendar/?month=2023-10", "/calendar/?month=2023-11&country=KZ&colour=red"]
    found["map"] += ["/map/?figure=overdue", "/map/?figure=made&status=withdrawn"]
    return found


def page_addresses(world: World) -> dict[str, list[str]]:
    """The same of pages alone: of all that is no file."""
    return {name: found for name, found in addresses(world).items() if name not in FILES}


def states() -> dict[str, int]:
    """Addresses at which something is amiss, with how the site answers: with pages that keep the same promises."""
    make_commitment("W-GONE", title="Taken back", publication=Publication.RETRACTED)
    return {
        "/nowhere/": 404,
        "/commitments/W-99/": 404,
        "/commitments/W-GONE/": 410,
        "/commitments/W-01/?as_of=2020": 404,
        "/commitments/?colour=red&status=splendid&page=9": 200,
        "/commitments/?q=nothing+at+all+like+this": 200,
        "/commitments/?as_of=2023-12": 200,
        "/developments/?page=99": 200,
    }
