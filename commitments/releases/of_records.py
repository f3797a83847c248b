"""Rows of what the site said of a commitment itself: the record, its parties, sectors, sums, words and relations."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from commitments.codelists import MAKER_ROLES, PartyKind, Role
from commitments.models import Commitment
from commitments.releases.known import Known, Row, Said, Until
from commitments.snapshots import OWN_FIELDS, Snapshot
from commitments.timetravel import Standing, standings
from commitments.uncertain_dates import UncertainDate


def dated(name: str, value: str | None) -> Row:
    """A date as written in the three columns that hold it."""
    date = UncertainDate.parse(value) if value else None
    return {
        f"{name}_start": date and date.start,
        f"{name}_end": date and date.end,
        f"{name}_precision": date.precision.value if date else "",
    }


def commitments(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record."""
    for one in said:
        snapshot = one.snapshot
        checked = snapshot["last_checked_on"]
        yield {
            **{name: snapshot[name] for name in OWN_FIELDS},
            **_summit(known, snapshot),
            **dated("made", snapshot["made"]),
            **dated("due", snapshot["due"]),
            **dated("status_since", snapshot["status_since"]),
            "last_checked_on": dt.date.fromisoformat(checked) if checked else None,
            "published_at": one.published_at,
            "parties": _parties(known, snapshot),
            "countries": [(country["alpha3"], country["name"]) for country in countries_of(known, snapshot)],
            "sectors": [_sector(known, code) for code in sorted(snapshot["sectors"])],
            "sdg_targets": [(code, known.sdg_targets.get(code)) for code in _sdg_targets(known, snapshot)],
            "amounts": [_amount(amount, place) for place, amount in enumerate(amounts_of(snapshot), start=1)],
            "activities": sorted((activity["identifier"],) for activity in snapshot.get("activities", [])),
        }


def parties(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and party to it, those who made it first."""
    stood = standings([Commitment(pk=one.pk) for one in said], Until(known_at=known.known_at))
    for one in said:
        found: dict[str, list[Snapshot]] = {}
        for row in one.snapshot["parties"]:
            found.setdefault(row["party"], []).append(row)
        rows = [_party(known, one, rows, stood.get(one.pk, {})) for rows in found.values()]
        yield from sorted(rows, key=lambda row: (_rank(row["roles"][0]), row["party__name"], row["party__slug"]))


def _party(known: Known, one: Said, rows: Sequence[Snapshot], stood: dict[int | None, Standing]) -> Row:
    party = known.parties.called(rows[0]["party"])
    roles = sorted((row["role"] for row in rows), key=_rank)
    own = next((row for row in rows if row["role"] in MAKER_ROLES), None)
    standing = stood.get(party["id"]) if own else None
    return {
        "code": one.code,
        "title": one.snapshot["title"],
        "summit__code": one.snapshot["summit"],
        "status": one.snapshot["status"],
        **dated("status_since", one.snapshot["status_since"]),
        **_named("party", party),
        "roles": tuple(roles),
        "own_status": own["status"] if own else None,
        **dated("own_since", own["status_since"] if own else None),
        "development": standing.development if standing else None,
    }


def _rank(role: str) -> int:
    return list(Role).index(Role(role))


def _named(name: str, party: Row) -> Row:
    return {f"{name}__{part}": party.get(part) for part in ("slug", "name", "alpha3", "kind")}


def named(known: Known, name: str, slug: str | None) -> Row:
    """A party by its columns; nothing for none."""
    return _named(name, known.parties.called(slug) if slug else {})


def _summit(known: Known, snapshot: Snapshot) -> Row:
    summit = known.summits.called(snapshot["summit"])
    series = known.series.get(summit["series_id"])
    return {
        "summit__code": summit["code"],
        "summit__name": summit["name"],
        "summit__series__slug": series.get("slug"),
        "summit__series__name": series.get("name"),
    }


def _parties(known: Known, snapshot: Snapshot) -> list[tuple[Any, ...]]:
    found = [(row["role"], known.parties.called(row["party"])) for row in snapshot["parties"]]
    rows = [(role, party["name"], party["alpha3"], party["slug"]) for role, party in found]
    return sorted(rows, key=lambda row: (row[1], row[3], _rank(row[0])))


def _sector(known: Known, code: str) -> tuple[str, str, str]:
    sector = known.sectors[code]
    return code, sector["short_label"], sector["name"]


def _sdg_targets(known: Known, snapshot: Snapshot) -> list[str]:
    return sorted(snapshot["sdg_targets"], key=lambda code: known.sdg_targets.get(code, 0))


def amounts_of(snapshot: Snapshot) -> list[Snapshot]:
    """The sums in the order in which every download has them."""
    return sorted(snapshot["amounts"], key=lambda amount: (amount["stage"], Decimal(amount["value"])))


def _amount(amount: Snapshot, place: int) -> tuple[Any, ...]:
    upper = amount["value_max"]
    return (
        amount["currency"],
        Decimal(amount["value"]),
        Decimal(upper) if upper is not None else None,
        amount["stage"],
        amount["qualifier"],
        place,
    )


def countries_of(known: Known, snapshot: Snapshot) -> list[Row]:
    """The countries under which it is found: its parties, their home countries, and blocs' members on that day."""
    day = UncertainDate.parse(snapshot["made"]).start
    waiting = [known.parties.called(row["party"])["id"] for row in snapshot["parties"]]
    seen: set[int] = set()
    while waiting:
        pk = waiting.pop()
        if pk in seen:
            continue
        seen.add(pk)
        home = known.parties[pk]["country_id"]
        waiting += [home] if home is not None else []
        waiting += known.members_of(pk, day)
    found = [known.parties[pk] for pk in seen]
    return sorted((one for one in found if one["kind"] == PartyKind.COUNTRY), key=lambda one: one["alpha3"])


def countries(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and country under which it is found."""
    for one in said:
        for country in countries_of(known, one.snapshot):
            yield {"code": one.code, **_named("party", country)}


def sectors(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and sector."""
    for one in said:
        for code in sorted(one.snapshot["sectors"]):
            yield {
                "code": one.code,
                "sector": code,
                "label": known.sectors[code]["short_label"] or known.sectors[code]["name"],
            }


def sdg_targets(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and target."""
    for one in said:
        for code in _sdg_targets(known, one.snapshot):
            yield {"code": one.code, "target": code}


def amounts(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and sum."""
    for one in said:
        for place, amount in enumerate(amounts_of(one.snapshot), start=1):
            currency, value, value_max, stage, qualifier, _place = _amount(amount, place)
            yield {
                "code": one.code,
                "place": place,
                "currency": currency,
                "value": value,
                "value_max": value_max,
                "stage": stage,
                "qualifier": qualifier,
                "note": amount["note"],
            }


def wordings(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record, document and place that words it."""
    for one in said:
        for place, wording in enumerate(one.snapshot["wordings"], start=1):
            document = wording["document"]
            known.documents.used.add(document["id"])
            yield {
                **wording,
                "code": one.code,
                "place": place,
                "document": document["id"],
                "document__title": document["title"],
                "document__publisher": document["publisher"],
                "document__url": document["url"],
            }


def relations(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a record and relation to another that is in the release."""
    for one in said:
        for relation in one.snapshot["relations"]:
            if relation["target"] in known.codes:
                yield {"code": one.code, "kind": relation["kind"], "target": relation["target"]}


def revisions(known: Known, said: Sequence[Said]) -> Iterable[Row]:
    """One row a revision that can be read."""
    return known.revisions_of(said)
