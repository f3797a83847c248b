"""Waiting until all that a test has written is over for everybody."""

import time

from django.db import connection

from commitments import marks

# Some tests of others take minutes in one transaction.
SECONDS = 600


def wait_until_settled() -> None:
    """Return when the state of the record is named the same until the next write to it.

    PostgreSQL names it otherwise once more when the last transaction ends that ran beside the last write: another test,
    on another database of the same server, may be in one. Raises `TimeoutError` after ten minutes.
    """
    if connection.vendor != "postgresql":
        return
    end = time.monotonic() + SECONDS
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(at), 0) FROM {marks.TABLE}")
            (last,) = cursor.fetchone()
        if last < marks.state(connection).horizon:
            return
        if time.monotonic() > end:
            raise TimeoutError(f"A transaction has been running beside the test for {SECONDS} seconds.")
        time.sleep(0.05)
