"""Rows of what records refer to: summits, parties, sectors, documents."""

from collections.abc import Iterable, Sequence

from commitments.codelists import CODELISTS
from commitments.releases.known import Known, Row, Said, Shared


def series(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a format that meets again."""
    return known.series.written()


def summits(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a summit."""
    for summit in _closed(known.summits, ("parent_id",)):
        series_, host = known.series.get(summit["series_id"]), known.parties.get(summit["host_id"])
        yield {
            **summit,
            "series__slug": series_.get("slug"),
            "series__name": series_.get("name"),
            "host__slug": host.get("slug"),
            "host__name": host.get("name"),
            "parent__code": known.summits.get(summit["parent_id"]).get("code"),
        }


def parties(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a party."""
    for party in _closed(known.parties, ("country_id", "successor_id")):
        yield {
            **party,
            "country__alpha3": known.parties.get(party["country_id"]).get("alpha3"),
            "successor__slug": known.parties.get(party["successor_id"]).get("slug"),
        }


def _closed(shared: Shared, paths: Sequence[str]) -> list[Row]:
    """The rows that are written out, with all those to which these refer in turn."""
    rows, count = shared.written(), -1
    while len(rows) != count:
        count = len(rows)
        for row in rows:
            shared.used.update(row[path] for path in paths if row[path] is not None)
        rows = shared.written()
    return rows


def memberships(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a party's time in a bloc."""
    for row in known.memberships:
        bloc, member = known.parties[row["bloc_id"]], known.parties[row["member_id"]]
        yield {**row, "bloc__slug": bloc["slug"], "member__slug": member["slug"]}


def sectors(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a sector."""
    return known.sectors.values()


def documents(known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a source to which something refers."""
    used = known.documents.used
    return ({**row, "pk": row["id"]} for row in known.documents.written() if row["id"] in used)


def codelists(_known: Known, _said: Sequence[Said]) -> Iterable[Row]:
    """One row a code."""
    for codelist in CODELISTS:
        for place, code in enumerate(codelist, start=1):
            yield {
                "codelist": codelist.__name__.lower(),
                "code": code.value,
                "place": place,
                "label": str(code.label),
                "definition": str(code.definition),
            }
