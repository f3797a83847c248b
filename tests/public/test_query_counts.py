"""Every page asks the database as many questions for 300 rows as for three."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.codelists import EvidenceRole, Publication, Role
from commitments.models import (
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Development,
    Evidence,
    Party,
    Sector,
    Summit,
    Wording,
)
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_document,
    make_sector,
    make_series,
    make_summit,
    make_user,
)

pytestmark = pytest.mark.django_db
SIZES = (3, 30, 300)

# The codes of the commitments' own columns, counted at once for seven facets; country, sector, category, summit (by
# which series are counted too), has a sum; and the records behind four of them (countries, sectors, series, summits).
FACETS = 1 + 5 + 4
# The keys of the page, its rows, their sectors and their makers. How many there are the counts say.
ROWS = 4
# What each page asks, and how often.
BUDGETS = {
    "/commitments/": FACETS + ROWS,
    # The country, the sector and the summit asked for; with a country its roles are a facet too.
    "/commitments/?country=KZ&sector=322&summit=S-2023": 3 + FACETS + 1 + ROWS,
    # Their keys; the commitments, their sectors, SDG targets, amounts, parties, countries and activities.
    "/commitments.csv": 8,
    # The summit, and again for each of two filters; how many by status; with topics, how many and the rows;
    # participants, follow-ups, documents read sentence by sentence.
    "/summits/S-2023/": 3 + 1 + 1 + ROWS + 3,
    # The country, and again for each of two filters; how many, by role, by status; the rows; bodies, blocs, summits
    # that it took part in and that it hosted. What others made at the same summits, and what abolished bodies left:
    # test_countries.py.
    "/countries/KZ/": 3 + 3 + ROWS + 4,
    # The sector, and again for the filter; how many by status; its purposes, from the facet of all; the rows.
    "/sectors/322/": 2 + 1 + 3 + ROWS,
    # How many summits, the summits, and their commitments from the facet.
    "/summits/": 2 + 2,
    # The countries or categories that have none, and those that have some from the facet.
    "/countries/": 1 + 2,
    "/sectors/": 1 + 3,
    # The countries and sectors of the form; how many, the developments with commitment and summit, and their evidence
    # with its documents.
    "/developments/": 2 + 3,
    # How many are due, their rows with sectors and makers; the countries and the sectors of the form.
    "/calendar/?month=2023-10": 4 + 2,
    # Nothing is due: how many, and no row; the next deadline and the last one before; the form. The country asked for
    # is looked up by both filters, that of the page and that of the month.
    "/calendar/?month=2050-10&country=KZ": 2 + 2 + 2 + 2,
    # How many by country, and the countries; the sectors of the form.
    "/map/?figure=made": 2 + 1,
    # How many by status; due next and overdue, as a number and in rows; those checked last; the newest summit; the
    # latest developments.
    "/": 1 + 2 * (1 + ROWS) + 3,
}


@pytest.fixture
def ground() -> tuple[Summit, Sector]:
    """What every commitment of these tests has in common."""
    make_country("KZ")
    return make_summit("S-2023", series=make_series()), make_sector("32210", "Mining")


def make_many(ground: tuple[Summit, Sector], number: int) -> None:
    """So many published commitments with one development each, written past the actions, which take their time."""
    summit, sector = ground
    kazakhstan, document = Party.objects.get(alpha2="KZ"), make_document()
    template = make_commitment(f"M{number}-TEMPLATE", summit=summit, sectors=(sector,), due="2023-10")
    rows = []
    for place in range(1, number):
        template.pk, template.code = None, f"M{number}-{place:03}"
        template.due = UncertainDate.parse("2099" if place % 2 else "2023-10")
        template.last_checked_on = dt.date(2024, 1, place % 28 + 1)
        row = Commitment(
            **{field.attname: getattr(template, field.attname) for field in Commitment._meta.concrete_fields}
        )
        rows.append(row)
    commitments = [Commitment.objects.get(code=f"M{number}-TEMPLATE"), *Commitment.objects.bulk_create(rows)]
    CommitmentParty.objects.bulk_create(
        CommitmentParty(commitment=one, party=kazakhstan, role=Role.MAKER) for one in commitments[1:]
    )
    CommitmentCountry.objects.bulk_create(
        CommitmentCountry(commitment=one, country=kazakhstan, role=Role.MAKER) for one in commitments[1:]
    )
    through = Commitment.sectors.through
    through.objects.bulk_create(through(commitment=one, sector=sector) for one in commitments[1:])
    Wording.objects.bulk_create(
        Wording(commitment=one, document=document, strength=one.strength) for one in commitments[1:]
    )
    publish_developments([(one, 1) for one in commitments])


def publish_developments(wanted: list[tuple[Commitment, int]]) -> None:
    """So many published developments for each commitment, with a source of its own each."""
    editor, reviewer = make_user("contributor"), make_user("reviewer")
    days = itertools.count()
    developments = [
        Development(
            commitment=commitment,
            summary="Something happened.",
            happened_start=dt.date(2023, 10, 1) + dt.timedelta(days=next(days) % 400),
            happened_end=dt.date(2025, 1, 1),
            happened_precision="day",
            entered_by=editor,
            entered_at=timezone.now(),
        )
        for commitment, number in wanted
        for _ in range(number)
    ]
    for development in developments:
        development.happened_end = development.happened_start
    Development.objects.bulk_create(developments)
    Evidence.objects.bulk_create(
        Evidence(development=one, document=make_document(), role=EvidenceRole.SHOWS_PROGRESS) for one in developments
    )
    Development.objects.filter(published_at=None).update(published_at=timezone.now(), approved_by=reviewer)


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        if response.streaming:
            list(response)
    assert response.status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("address", BUDGETS)
def test_a_list_asks_as_much_for_300_rows_as_for_three(
    client: Client, ground: tuple[Summit, Sector], address: str
) -> None:
    asked = {}
    for size in SIZES:
        make_many(ground, size)
        asked[size] = queries(client, address)

    assert {size: len(found) for size, found in asked.items()} == dict.fromkeys(SIZES, BUDGETS[address]), "\n".join(
        asked[SIZES[0]]
    )


def test_a_commitments_page_asks_as_much_for_300_developments_as_for_three(client: Client) -> None:
    # The commitment with its summit; sectors, SDG targets, amounts, parties, wordings; developments and their evidence;
    # relations; status changes; the last revision; activities.
    budget = 12
    asked = {}
    for size in SIZES:
        commitment = make_commitment(f"MANY-{size}", sectors=(make_sector(),), publication=Publication.PUBLISHED)
        publish_developments([(commitment, size)])
        asked[size] = queries(client, f"/commitments/MANY-{size}/")

    assert {size: len(found) for size, found in asked.items()} == dict.fromkeys(SIZES, budget), "\n".join(
        asked[SIZES[0]]
    )
