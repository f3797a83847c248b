"""One index a process and database, brought up to date before each use."""

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connections

from commitments import marks
from commitments.bitmaps.index import Index

_log = logging.getLogger(__name__)


class Keeper:
    """The index of one database, and as of which state it is. `lock` is held by whoever reads or changes it."""

    def __init__(self, using: str) -> None:
        self._using = using
        self.lock = threading.RLock()
        self._making = threading.Lock()
        self._index: Index | None = None
        self._database, self._view = 0, ""

    def current(self) -> Index | None:
        """The index as of now; None while another thread makes it."""
        connection = connections[self._using]
        with self.lock:
            known = self._index
            state = marks.state(connection, self._view if known else "")
            changed = state.changed if state.database == self._database else None
            if known is not None and changed is not None and marks.EVERYTHING not in changed:
                self._take_in(known, changed)
                self._view = state.view
                return known
            self._index = None
        if not self._making.acquire(blocking=False):
            return None
        try:
            made = Index(self._using)
        finally:
            self._making.release()
        with self.lock:
            # As of the state before it was read: what was written meanwhile is looked at again.
            self._index, self._database, self._view = made, state.database, state.view
        return made

    def _take_in(self, index: Index, changed: Collection[int]) -> None:
        if subjects := [one for one in changed if one > 0]:
            try:
                index.update(subjects)
            except BaseException:
                # Half of it may be done.
                self._index = None
                raise
        if marks.RECORDS in changed:
            index.forget_records()


_keepers: dict[str, Keeper] = {}
_making_keepers = threading.Lock()


def _keeper(using: str) -> Keeper:
    with _making_keepers:
        return _keepers.setdefault(using, Keeper(using))


def current(using: str) -> Index | None:
    """The index of a database as it is now; None where the database is to be asked itself.

    That is within a transaction, which sees what nobody else does, while the index is being made, and where the
    settings say so.
    """
    if not settings.KEEP_INDEX or connections[using].in_atomic_block:
        return None
    return _keeper(using).current()


@contextmanager
def reading(using: str) -> Iterator[None]:
    """Nobody changes the index meanwhile."""
    with _keeper(using).lock:
        yield


def warm_up() -> None:
    """Make the index before the first reader asks for it; without a database, leave it to that reader."""
    try:
        for using in connections:
            current(using)
    except DatabaseError as error:
        _log.warning("The index is not made yet: %s", type(error).__name__)
    finally:
        connections.close_all()


def forget() -> None:
    """Give the memory back; the next use reads anew."""
    with _making_keepers:
        _keepers.clear()
