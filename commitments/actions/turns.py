"""Writes that come one after the other, whatever rows they touch."""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class _Held:
    """Stands among what waits for the commit for as long as the turn is held.

    Django forgets what waits where PostgreSQL lets a lock go: when the transaction ends, or is rolled back to before.
    """

    what: str

    def __call__(self) -> None:
        """Nothing is to be done: the lock goes with the transaction."""


def take_turn(what: str) -> None:
    """Wait until nobody else has the turn of this name, and keep it until the transaction ends.

    Has to be called within a transaction, and before any row is held that others hold while they wait for the turn.
    SQLite, whose transactions begin immediate, has one writer at a time anyway.
    """
    held = _Held(what)
    if connection.vendor != "postgresql" or any(waiting[1] == held for waiting in connection.run_on_commit):
        return
    key = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
    transaction.on_commit(held)
