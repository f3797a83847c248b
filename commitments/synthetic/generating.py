"""Filling a database with synthetic commitments."""

from collections.abc import Callable
from itertools import batched
from pathlib import Path

from django.db import connection

from commitments.models import Commitment
from commitments.synthetic import reference
from commitments.synthetic.plans import plans
from commitments.synthetic.records import code_of
from commitments.synthetic.writing import Writer

BATCH = 1000


class AlreadyThere(Exception):
    """The database holds the commitments of this seed: their codes are taken."""


def generate(count: int, *, seed: int, seeds: Path, tell: Callable[[int], None] = lambda _written: None) -> None:
    """Write so many commitments, a batch in a transaction; `tell` hears after each how many there are.

    `seeds` is the folder of the seed files, for countries and sectors. Raises `AlreadyThere`; then nothing is written.
    """
    if Commitment.objects.filter(code=code_of(seed, 1)).exists():
        raise AlreadyThere
    writer = Writer(seed, reference.write(seed, seeds))
    written = 0
    for batch in batched(plans(count, seed), BATCH):
        writer.write(batch)
        written += len(batch)
        tell(written)
    # So many rows at once: the planner must not go by what it knew of the empty tables.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
