"""Writes that come one after the other, whatever rows they touch."""

import hashlib

from django.db import connection


def take_turn(what: str) -> None:
    """Wait until nobody else has the turn of this name, and keep it until the transaction ends.

    Has to be called within a transaction, and before any row is held that others hold while they wait for the turn.
    SQLite, whose transactions begin immediate, has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
