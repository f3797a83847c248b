"""Whether a filter finds what a record said in an earlier revision: the filter's rules, asked of a snapshot."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from commitments import search
from commitments.codelists import EXPLORATORY_STRENGTHS, STATUSES_BY_GROUP, Classification, StatusGroup
from commitments.filters import CommitmentFilter
from commitments.found_under import resolve_parties
from commitments.models import Party, Sector, Summit
from commitments.models.commitments import UNSETTLED_STATUSES
from commitments.said import says_nothing
from commitments.search.query import Term
from commitments.search.words import Word, words
from commitments.snapshots import Snapshot
from commitments.uncertain_dates import UncertainDate


def matches(commitment_filter: CommitmentFilter, snapshot: Snapshot) -> bool:
    """Whether the list would show a record that says this. Parties, sectors and summits are those of today."""
    if says_nothing(snapshot):
        return False
    asked = commitment_filter.values
    return (
        _by_codes(asked, snapshot)
        and _by_dates(asked, snapshot, commitment_filter.day)
        and _by_records(asked, snapshot)
        and _by_text(asked["q"], snapshot)
    )


def _by_codes(asked: dict[str, Any], snapshot: Snapshot) -> bool:
    for name in ("status", "kind", "strength", "novelty"):
        if asked[name] and snapshot[name] not in asked[name]:
            return False
    groups = [STATUSES_BY_GROUP[StatusGroup(group)] for group in asked["status_group"]]
    if groups and not any(snapshot["status"] in statuses for statuses in groups):
        return False
    if asked["has_amount"] is not None and asked["has_amount"] != bool(snapshot["amounts"]):
        return False
    is_topic = snapshot["classification"] == Classification.TOPIC or snapshot["strength"] in EXPLORATORY_STRENGTHS
    return not is_topic or bool(asked["topics"] or EXPLORATORY_STRENGTHS.intersection(asked["strength"]))


def _by_dates(asked: dict[str, Any], snapshot: Snapshot, today: dt.date) -> bool:
    made, due = _date(snapshot["made"]), _date(snapshot["due"])
    for name, date in (("made", made), ("due", due)):
        after, before = asked[f"{name}_after"], asked[f"{name}_before"]
        if after and (date is None or date.end < after):
            return False
        if before and (date is None or date.start > before):
            return False
    if asked["overdue"] is None:
        return True
    is_overdue = due is not None and due.end < today and snapshot["status"] in UNSETTLED_STATUSES
    return bool(asked["overdue"] == is_overdue)


def _by_records(asked: dict[str, Any], snapshot: Snapshot) -> bool:
    """Parties, countries, sectors, summit and series."""
    role = asked["role"]
    roles = [(row["party"], row["role"]) for row in snapshot["parties"] if role in ("", row["role"])]
    if asked["party"] and not {slug for slug, _role in roles} & {party.slug for party in asked["party"]}:
        return False
    if asked["country"] and not _countries(roles, snapshot) & {country.pk for country in asked["country"]}:
        return False
    if asked["sector"]:
        wanted = {sector.pk for sector in asked["sector"]}
        own = Sector.objects.filter(code__in=snapshot["sectors"]).values_list("pk", "parent")
        if not wanted & {pk for pair in own for pk in pair}:
            return False
    if asked["summit"] and snapshot["summit"] not in {summit.code for summit in asked["summit"]}:
        return False
    series = asked["series"]
    return not series or Summit.objects.filter(code=snapshot["summit"], series__in=series).exists()


def _countries(roles: Sequence[tuple[str, str]], snapshot: Snapshot) -> set[int]:
    parties = {party.slug: party for party in Party.objects.filter(slug__in={slug for slug, _role in roles})}
    made = _date(snapshot["made"])
    assert made is not None
    bearers = [(parties[slug], role) for slug, role in roles if slug in parties]
    return {country for country, _role in resolve_parties(bearers, made.start)}


def _date(text: str | None) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


def _by_text(text: str, snapshot: Snapshot) -> bool:
    """Whether the words are there, in what the search index is made of."""
    if not text:
        return True
    query = search.parse(text)
    if query.is_empty:
        return False
    texts = [list(words(one)) for one in _texts(snapshot) if one]
    there = all(_stands(term, texts) for term in query.wanted)
    return there and not any(_stands(term, texts) for term in query.unwanted)


def _stands(term: Term, texts: Sequence[Sequence[Word]]) -> bool:
    return any(term.size_at(text, position) for text in texts for position in range(len(text)))


def _texts(snapshot: Snapshot) -> Iterator[str]:
    """As `search.entries` has them."""
    for name in ("title", "code", "summary", "success_criterion", "condition", "note"):
        yield snapshot[name]
    summit = Summit.objects.select_related("series").filter(code=snapshot["summit"]).first()
    if summit is not None:
        yield from (summit.name, summit.place, summit.setting, summit.series.name if summit.series else "")
    slugs = {row["party"] for row in snapshot["parties"]}
    countries = _countries([(row["party"], row["role"]) for row in snapshot["parties"]], snapshot)
    for party in Party.objects.filter(slug__in=slugs) | Party.objects.filter(pk__in=countries):
        yield from (party.name, party.name_ru, party.alpha2 or "", party.alpha3 or "")
    for sector in Sector.objects.select_related("parent").filter(code__in=snapshot["sectors"]):
        for level in (sector, sector.parent):
            if level is not None:
                yield from (level.name, level.short_label, level.code)
    for wording in snapshot["wordings"]:
        yield from (wording["quotation"], wording["translation"], wording["note"])
    for entry in snapshot["developments"]:
        yield from (entry["summary"], entry["searched"], entry["note"])
