"""Whether a connection that waited in the pool is still one."""

import select
from typing import Any

from psycopg_pool import ConnectionPool


def check(connection: Any) -> None:
    """Return quietly if the connection may be used; raises `psycopg.OperationalError` if it may not.

    Nothing comes over a connection that waits, unless the other side ended it or has something to say: only then is the
    database asked. To ask it each time, as Django does, takes as long as most of what a kept page takes.
    """
    polled = select.poll()
    polled.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if polled.poll(0):
        ConnectionPool.check_connection(connection)
