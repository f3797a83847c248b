"""What synthetic commitments refer to: parties, sectors and summits. What is there already is taken as it is."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from commitments.actions.service_accounts import service_account
from commitments.codelists import DocumentKind, PartyKind, SourceKind, SummitKind
from commitments.models import Document, Membership, Participation, Party, Sector, Summit, SummitSeries, User
from commitments.synthetic import plans
from commitments.synthetic.words import NOUNS
from commitments.uncertain_dates import UncertainDate

SERIES = 12
MEMBERS, PARTICIPANTS = 8, 12


@dataclass(frozen=True)
class Reference:
    """Rows in the order in which the plans count them."""

    parties: list[Party]
    sectors: list[Sector]
    summits: list[Summit]
    statements: list[Document]
    author: User
    reviewer: User


def write(seed: int, seeds: Path) -> Reference:
    """Everything that the plans of this seed refer to. Countries and sectors are those of the seed files' folder."""
    random = Random(f"reference {seed}")
    countries = _countries(random, seeds)
    parties = [*countries, *_bodies(random, countries), *_blocs(random, countries)]
    summits = _summits(random, seed, countries)
    return Reference(
        parties=parties,
        sectors=_sectors(random, seeds),
        summits=summits,
        statements=[_statement(summit) for summit in summits],
        author=service_account("synthetic-author"),
        reviewer=service_account("synthetic-reviewer"),
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _countries(random: Random, seeds: Path) -> list[Party]:
    found = []
    for row in random.sample(list(_rows(seeds / "countries.csv")), plans.COUNTRIES):
        named = {"name": row["name_en"], "name_ru": row["name_ru"], "region": row["region"]}
        codes = {"alpha3": row["alpha3"], "m49": row["m49"], "kind": PartyKind.COUNTRY}
        slug = f"country-{row['alpha2'].lower()}"
        found.append(Party.objects.get_or_create(alpha2=row["alpha2"], defaults={"slug": slug, **codes, **named})[0])
    return found


def _bodies(random: Random, countries: list[Party]) -> list[Party]:
    return [
        Party.objects.get_or_create(
            slug=f"synthetic-body-{number}",
            defaults={
                "name": f"Agency for {NOUNS[number].capitalize()}",
                "kind": PartyKind.INSTITUTION,
                "country": random.choice(countries),
            },
        )[0]
        for number in range(plans.BODIES)
    ]


def _blocs(random: Random, countries: list[Party]) -> list[Party]:
    found = []
    for number in range(plans.BLOCS):
        named = {"name": f"Group of {MEMBERS}, no. {number + 1}", "kind": PartyKind.BLOC}
        bloc, is_new = Party.objects.get_or_create(slug=f"synthetic-bloc-{number}", defaults=named)
        if is_new:
            Membership.objects.bulk_create(
                Membership(bloc=bloc, member=member) for member in random.sample(countries, MEMBERS)
            )
        found.append(bloc)
    return found


def _sectors(random: Random, seeds: Path) -> list[Sector]:
    """Some purposes, each with its category."""
    rows = {row["code"]: row for row in _rows(seeds / "sectors.csv")}
    purposes = [row for row in rows.values() if row["parent"] and not row["withdrawn"]]
    return [_sector(row, rows) for row in random.sample(purposes, plans.SECTORS)]


def _sector(row: dict[str, str], rows: dict[str, dict[str, str]]) -> Sector:
    parent = _sector(rows[row["parent"]], rows) if row["parent"] else None
    named = {"name": row["name"], "short_label": row["short_label"], "parent": parent}
    return Sector.objects.get_or_create(code=row["code"], defaults=named)[0]


def _summits(random: Random, seed: int, countries: list[Party]) -> list[Summit]:
    series = [
        SummitSeries.objects.get_or_create(
            slug=f"synthetic-series-{number}", defaults={"name": f"Forum on {NOUNS[-number - 1]}"}
        )[0]
        for number in range(SERIES)
    ]
    made = Summit.objects.bulk_create(
        Summit(
            code=f"SYN{seed}-SUMMIT-{number:03}",
            name=f"Summit on {random.choice(NOUNS)}, {day.year}",
            kind=random.choice(tuple(SummitKind)),
            series=random.choice([*series, None]),
            starts_on=day,
            host=random.choice(countries),
        )
        for number, day in enumerate(plans.summit_days(seed))
    )
    Participation.objects.bulk_create(
        Participation(summit=summit, party=party) for summit in made for party in random.sample(countries, PARTICIPANTS)
    )
    return made


def _statement(summit: Summit) -> Document:
    """The document that words what was promised there."""
    document = Document(
        title=f"Joint statement of the {summit.name}",
        publisher="The chair",
        kind=DocumentKind.JOINT_STATEMENT,
        source_kind=SourceKind.PRIMARY,
        url=f"https://example.org/{summit.code.lower()}",
    )
    document.dated = UncertainDate(summit.starts_on)
    document.save()
    return document
