"""A record of synthetic commitments that is really committed, and random writes to it, by whatever way."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from commitments import bitmaps, search
from commitments.actions.commitments import publish, retract
from commitments.codelists import MoneyStage, Novelty, Publication, Role, Status, Strength
from commitments.models import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Party,
    Sector,
    StatusChange,
    Summit,
    User,
)
from commitments.synthetic.generating import generate
from tests.factories import make_development, make_user

COUNT = 40
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def record(transactional_db: None) -> Iterator[None]:
    """Commitments that every connection sees, and nothing kept of earlier ones."""
    bitmaps.forget()
    generate(COUNT, seed=42, seeds=Path(settings.BASE_DIR) / "seeds")
    yield
    bitmaps.forget()


class Writer:
    """Writes something that changes what the public reads, at random but the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.by: User = make_user("writer")
        self.acts: list[Callable[[Commitment], object]] = [
            self._change,
            self._deadline,
            self._status,
            self._develop,
            self._publish,
            self._retract,
            self._party,
            self._part,
            self._sectors,
            self._amount,
            self._rename,
            self._move_sector,
            self._move_summit,
        ]

    def write(self) -> str:
        """One of them; its name."""
        act = self.random.choice(self.acts)
        act(self.random.choice(list(Commitment.objects.published().order_by("pk"))))
        return act.__name__

    def _change(self, one: Commitment) -> None:
        day = self._day(2018)
        title = f"{self.random.choice(['Water', 'Railway', 'Copper', 'Zinc'])} {one.title}"[:200]
        Commitment.objects.filter(pk=one.pk).update(
            title=title,
            strength=self.random.choice(Strength.values),
            novelty=self.random.choice(Novelty.values),
            made_start=day,
            made_end=day,
            made_precision="day",
            due_start=None,
            due_end=None,
            due_precision="",
            due_basis="none",
        )
        search.index([one.pk])

    def _deadline(self, one: Commitment) -> None:
        day = max(one.made_start, self._day(2024))
        Commitment.objects.filter(pk=one.pk).update(due_start=day, due_end=day, due_precision="day", due_basis="stated")

    def _status(self, one: Commitment) -> None:
        status = self.random.choice([status for status in Status if status != Status.NOT_ASSESSED])
        day = self._day(2024)
        development = make_development(one, happened="2026-05-01")
        StatusChange.objects.create(
            commitment=one,
            from_status=one.status,
            to_status=status,
            effective_start=day,
            effective_end=day,
            effective_precision="day",
            recorded_at=timezone.now(),
            development=development,
        )
        Commitment.objects.filter(pk=one.pk).update(
            status=status, status_since_start=day, status_since_end=day, status_since_precision="day"
        )

    def _develop(self, one: Commitment) -> None:
        status = self.random.choice([Status.DELIVERED, Status.IN_PROGRESS, Status.STALLED])
        make_development(one, status=status, happened=max(one.made_end, dt.date(2024, 2, 8)).isoformat())

    def _publish(self, _one: Commitment) -> None:
        waiting = list(Commitment.objects.filter(publication__in=[Publication.DRAFT, Publication.RETRACTED])[:1])
        for one in waiting:
            publish(by=self.by, commitment=one)

    def _retract(self, one: Commitment) -> None:
        retract(by=self.by, commitment=one, reason="a test")

    def _party(self, one: Commitment) -> None:
        party = self.random.choice(list(Party.objects.filter(kind="country").order_by("pk")[:8]))
        role = self.random.choice(Role.values)
        CommitmentParty.objects.get_or_create(commitment=one, party=party, role=role)
        CommitmentCountry.objects.get_or_create(commitment=one, country=party, role=role)

    def _part(self, one: Commitment) -> None:
        for rows in (one.countries, one.parties):
            rows.filter(pk=self.random.choice([0, *rows.values_list("pk", flat=True)])).delete()

    def _sectors(self, one: Commitment) -> None:
        one.sectors.set(self.random.sample(list(Sector.objects.order_by("pk")), 2))

    def _amount(self, one: Commitment) -> None:
        if one.amounts.exists():
            one.amounts.all().delete()
        else:
            Amount.objects.create(commitment=one, value=5, currency="USD", stage=MoneyStage.COMMITTED)

    def _rename(self, _one: Commitment) -> None:
        Party.objects.filter(pk=Party.objects.order_by("?")[:1].get().pk).update(name_ru=str(self.random.random()))

    def _move_sector(self, _one: Commitment) -> None:
        purpose = Sector.objects.filter(parent__isnull=False).order_by("pk")[0]
        categories = Sector.objects.filter(parent=None).order_by("pk")
        Sector.objects.filter(pk=purpose.pk).update(parent=self.random.choice(list(categories)))

    def _move_summit(self, one: Commitment) -> None:
        summit = self.random.choice(list(Summit.objects.order_by("pk")))
        Commitment.objects.filter(pk=one.pk).update(summit=summit)

    def _day(self, year: int) -> dt.date:
        return dt.date(year, self.random.randint(1, 12), self.random.randint(1, 28))
