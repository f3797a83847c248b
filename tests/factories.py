"""Rows for tests, made through the actions an editor uses wherever there is one. Each takes what matters to it."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import merges as merge_actions
from commitments.actions import subscriptions as subscription_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.codelists import (
    Channel,
    Classification,
    Collectivity,
    DevelopmentKind,
    DocumentKind,
    DueBasis,
    EvidenceRole,
    Frequency,
    Kind,
    PartyKind,
    Publication,
    Role,
    SourceKind,
    Status,
    Strength,
    SuggestionKind,
    SummitKind,
)
from commitments.models import (
    Commitment,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Membership,
    Merge,
    Party,
    Sector,
    Subscription,
    Suggestion,
    Summit,
    SummitSeries,
    User,
    Wording,
)
from commitments.models.subscriptions import new_token
from commitments.uncertain_dates import UncertainDate

_numbers = itertools.count(1)

COUNTRIES = {
    "KZ": ("Kazakhstan", "Казахстан", "KAZ", "398"),
    "KG": ("Kyrgyzstan", "Кыргызстан", "KGZ", "417"),
    "TJ": ("Tajikistan", "Таджикистан", "TJK", "762"),
    "TM": ("Turkmenistan", "Туркменистан", "TKM", "795"),
    "UZ": ("Uzbekistan", "Узбекистан", "UZB", "860"),
    "US": ("United States of America", "Соединенные Штаты Америки", "USA", "840"),
}


def make_user(username: str = "", **fields: Any) -> User:
    """A member of staff with no password of their own."""
    username = username or f"user{next(_numbers)}"
    user, _ = User.objects.get_or_create(username=username, defaults={"is_staff": True, **fields})
    return user


def make_country(alpha2: str = "KZ") -> Party:
    """One of the countries above; asked for twice, the same."""
    name, name_ru, alpha3, m49 = COUNTRIES[alpha2]
    country, _ = Party.objects.get_or_create(
        alpha2=alpha2,
        defaults={
            "slug": name.lower().replace(" ", "-"),
            "kind": PartyKind.COUNTRY,
            "name": name,
            "name_ru": name_ru,
            "alpha3": alpha3,
            "m49": m49,
        },
    )
    return country


def make_party(name: str = "", kind: PartyKind = PartyKind.INSTITUTION, **fields: Any) -> Party:
    """A party that is no country."""
    name = name or f"Party {next(_numbers)}"
    return Party.objects.create(
        slug=name.lower().replace(" ", "-").replace("+", "-plus-"), name=name, kind=kind, **fields
    )


def make_bloc(name: str, *members: Party, joined_on: dt.date | None = None, left_on: dt.date | None = None) -> Party:
    """A bloc, all of whose members joined and left on the same days."""
    bloc = make_party(name, PartyKind.BLOC)
    for member in members:
        Membership.objects.create(bloc=bloc, member=member, joined_on=joined_on, left_on=left_on)
    return bloc


def make_sector(code: str = "32210", label: str = "") -> Sector:
    """A purpose (five digits) with its category, or a category (three)."""
    parent = None if len(code) == 3 else make_sector(code[:3])
    sector, _ = Sector.objects.get_or_create(
        code=code, defaults={"name": label or f"Sector {code}", "short_label": label, "parent": parent}
    )
    return sector


def make_series(slug: str = "c5-plus-1", name: str = "C5+1") -> SummitSeries:
    return SummitSeries.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_summit(code: str = "", **fields: Any) -> Summit:
    code = code or f"SUMMIT-{next(_numbers)}"
    defaults = {"name": f"Summit {code}", "kind": SummitKind.LEADERS, "starts_on": dt.date(2023, 9, 19)}
    return Summit.objects.create(code=code, **{**defaults, **fields})


def make_document(title: str = "", **fields: Any) -> Document:
    number = next(_numbers)
    defaults = {
        "title": title or f"Document {number}",
        "publisher": "The Gazette",
        "kind": DocumentKind.NEWS_REPORT,
        "source_kind": SourceKind.SECONDARY,
        "url": f"https://example.org/{number}",
    }
    return Document.objects.create(**{**defaults, **fields})


def make_commitment(
    code: str = "",
    *,
    by: User | None = None,
    makers: tuple[Party, ...] | None = None,
    addressees: tuple[Party, ...] = (),
    sectors: tuple[Sector, ...] = (),
    made: str = "2023-09-19",
    due: str = "",
    publication: Publication = Publication.PUBLISHED,
    at: dt.datetime | None = None,
    **fields: Any,
) -> Commitment:
    """A commitment by `makers` (Kazakhstan unless said), worded by one document; published unless said otherwise."""
    by = by or make_user("editor")
    code = code or f"TEST-{next(_numbers)}"
    defaults = {
        "title": f"Commitment {code}",
        "summary": f"What {code} promises.",
        "classification": Classification.COMMITMENT,
        "kind": Kind.PROGRAMME,
        "strength": Strength.ANNOUNCED,
        "collectivity": Collectivity.UNILATERAL,
    }
    summit = fields.pop("summit", None) or make_summit()
    commitment = Commitment(code=code, summit=summit, **{**defaults, **fields})
    commitment.made = UncertainDate.parse(made)
    if due:
        commitment.due = UncertainDate.parse(due)
        commitment.due_basis = DueBasis.STATED

    def write() -> None:
        commitment.sectors.set(sectors)
        for party in (make_country(),) if makers is None else makers:
            CommitmentParty.objects.create(commitment=commitment, party=party, role=Role.MAKER)
        for party in addressees:
            CommitmentParty.objects.create(commitment=commitment, party=party, role=Role.ADDRESSEE)
        Wording.objects.create(commitment=commitment, document=make_document(), strength=commitment.strength)

    commitment_actions.create(by=by, commitment=commitment, write=write, at=at)
    if publication != Publication.DRAFT:
        commitment = commitment_actions.publish(by=by, commitment=commitment, at=at)
    if publication == Publication.RETRACTED:
        commitment = commitment_actions.retract(by=by, commitment=commitment, reason="Not a commitment", at=at)
    elif publication == Publication.CLOSED:
        commitment = commitment_actions.close(by=by, commitment=commitment, reason="Settled", at=at)
    elif publication == Publication.MERGED:
        merge(commitment, make_commitment(makers=makers, at=at), by=by, at=at)
    commitment.refresh_from_db()
    return commitment


def merge(absorbed: Commitment, kept: Commitment, *, by: User | None = None, at: dt.datetime | None = None) -> Merge:
    """Merge one into the other, as they are in the database."""
    for one in (absorbed, kept):
        one.refresh_from_db()
    return merge_actions.merge(
        by=by or make_user("editor"),
        kept=kept,
        absorbed=absorbed,
        kept_version=kept.version,
        absorbed_version=absorbed.version,
        reason="The same pledge.",
        at=at,
    )


def make_draft_development(
    commitment: Commitment,
    *,
    by: User | None = None,
    happened: str = "2024-02-08",
    status: Status | str = "",
    documents: tuple[Document, ...] | None = None,
    role: EvidenceRole | None = None,
    kind: DevelopmentKind = DevelopmentKind.DEVELOPMENT,
    at: dt.datetime | None = None,
    **fields: Any,
) -> Development:
    """A draft with one source (or `documents`), whose role is the one that its status needs."""
    defaults = {"summary": f"Something happened on {happened}."}
    development = Development(commitment=commitment, kind=kind, status=status, **{**defaults, **fields})
    development.happened = UncertainDate.parse(happened)
    role = role or (EvidenceRole.VERIFIES_DELIVERY if status == Status.DELIVERED else EvidenceRole.SHOWS_PROGRESS)
    evidence = [
        Evidence(document=document, role=role) for document in ((make_document(),) if documents is None else documents)
    ]
    return development_actions.draft(
        by=by or make_user("contributor"), development=development, evidence=evidence, at=at
    )


def make_development(
    commitment: Commitment, *, by: User | None = None, at: dt.datetime | None = None, **fields: Any
) -> Development:
    """A published development, entered by one person and approved by another; see `make_draft_development`."""
    development = make_draft_development(commitment, by=by, at=at, **fields)
    return development_actions.publish(by=make_user("reviewer"), development=development, at=at)


def make_suggestion(commitment: Commitment | None = None, *, happened: str = "", **fields: Any) -> Suggestion:
    """What a reader sent, waiting for an editor."""
    number = next(_numbers)
    defaults = {
        "kind": SuggestionKind.HAPPENED,
        "text": f"Something happened, number {number}.",
        "url": f"https://example.org/suggested/{number}",
    }
    return suggestion_actions.send(
        commitment=commitment or make_commitment(),
        happened=UncertainDate.parse(happened) if happened else None,
        **{**defaults, **fields},
    )


def make_subscription(
    query: str = "",
    *,
    address: str = "",
    frequency: Frequency = Frequency.AT_ONCE,
    is_confirmed: bool = True,
    at: dt.datetime | None = None,
) -> Subscription:
    """Somebody who follows a query: by a webhook where the address is a URL, else by e-mail."""
    at = at or timezone.now()
    address = address or f"reader{next(_numbers)}@example.org"
    is_webhook = address.startswith("http")
    made = Subscription.objects.create(
        channel=Channel.WEBHOOK if is_webhook else Channel.EMAIL,
        address=address,
        secret=new_token() if is_webhook else "",
        query=query,
        frequency=frequency,
        created_at=at,
    )
    if is_confirmed:
        subscription_actions.confirm(subscription=made, at=at)
        made.refresh_from_db()
    return made
