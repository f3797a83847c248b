"""Which database answers a request, and what is said when none does.

Where DATABASE_REPLICA_URL names a copy, the public's reads go there, and all else to the primary: whoever is signed in,
whoever sends something, what reads within a transaction, and the pages that show visitors what they have just sent. So
nobody misses what they wrote. A copy that stopped following or fell behind is left alone while the primary answers;
when the primary does not, the public reads what the copy has.

Each process looks at most once a second whether they answer, beside its pool of connections, so that a database that
went away costs a reader no wait for it. A read that fails midway is asked once more, of the other one.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

PRIMARY, REPLICA = "default", "replica"
# Where somebody reads what they have just written, without being signed in.
OWN_WRITES = ("/admin/", "/accounts/", "/follow/", "/suggestions/")
# Those are to say what is wrong, not to be refused for it.
FOR_OPERATORS = ("/healthz", "/readyz", "/metrics")
SAFE = ("GET", "HEAD")
LOOK_EVERY = 1.0
RETRY_AFTER = 10

# Nothing is received any more, by whatever reason: how old the copy is cannot be known, and it counts as too old.
_LAG = """
SELECT CASE
    WHEN NOT pg_is_in_recovery() THEN 0
    WHEN NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver) THEN NULL
    WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
END::float
"""

_reads_from: ContextVar[str] = ContextVar("reads_from", default=PRIMARY)


class Router:
    """Reads go where the request was sent to, writes to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY if connections[PRIMARY].in_atomic_block else _reads_from.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class Unreachable(Exception):
    """This database does not answer."""


def lag(alias: str) -> float | None:
    """By how many seconds this database is behind; None if that cannot be known. Raises `Unreachable`."""
    parameters = connections[alias].get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    try:
        with psycopg.connect(**{**parameters, "connect_timeout": 2, "autocommit": True}) as connection:
            row = connection.execute(_LAG).fetchone()
    except psycopg.Error as error:
        raise Unreachable(alias) from error
    return row[0] if row else None


class Chooser:
    """What is known of the databases, looked at anew at most once a second, by one thread at a time."""

    def __init__(
        self,
        *,
        has_replica: bool,
        most_lag: float,
        ask: Callable[[str], float | None] = lag,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._has_replica, self._most_lag = has_replica, most_lag
        self._ask, self._now = ask, now
        self._looking = threading.Lock()
        self._chosen: str | None = PRIMARY
        self._looked_at = float("-inf")

    def choose(self) -> str | None:
        """Where the public reads from now; None if no database answers."""
        if self._now() - self._looked_at >= LOOK_EVERY and self._looking.acquire(blocking=False):
            try:
                self._chosen = self._look()
                self._looked_at = self._now()
            finally:
                self._looking.release()
        return self._chosen

    def forget(self) -> None:
        """Look again before the next request: a query has failed."""
        self._looked_at = float("-inf")

    def other(self, alias: str) -> str | None:
        """The database to ask where this one failed; None if there is none that answers."""
        if not self._has_replica:
            return None
        found = REPLICA if alias == PRIMARY else PRIMARY
        return found if self._behind(found) is not _GONE else None

    def _look(self) -> str | None:
        behind = self._behind(REPLICA) if self._has_replica else _GONE
        if isinstance(behind, float | int) and behind <= self._most_lag:
            return REPLICA
        if self._behind(PRIMARY) is not _GONE:
            return PRIMARY
        # Old is better than nothing: pages say as of when they are.
        return None if behind is _GONE else REPLICA

    def _behind(self, alias: str) -> object:
        try:
            return self._ask(alias)
        except Unreachable:
            return _GONE


_GONE = object()


class _View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


class Databases:
    """Middleware: sends a request to its database, asks the other where one fails, and says so where none answers."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase], chooser: Chooser | None = None) -> None:
        if connections[PRIMARY].vendor != "postgresql":
            raise MiddlewareNotUsed("A file is there or is not.")
        self.get_response = get_response
        self.chooser = chooser or Chooser(has_replica=REPLICA in settings.DATABASES, most_lag=settings.REPLICA_MAX_LAG)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = self.chooser.choose() if is_public_read(request) else PRIMARY
        request.has_database = chosen is not None  # type: ignore[attr-defined] # Django's request takes any
        # Not taken back afterwards: what is streamed is read after this has returned, in the same thread, and whatever
        # that thread does next comes through here.
        _reads_from.set(chosen or PRIMARY)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: _View, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Say so where no database answers. Addresses that do not exist need none to say that."""
        # For `process_exception`, which is not told.
        request.database_view = (view, args, kwargs)  # type: ignore[attr-defined]
        return None if request.has_database else unavailable()  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The answer of the other database, or that there is none; nothing where the fault is another."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        self.chooser.forget()
        failed = _reads_from.get()
        connections[failed].close()
        if is_public_read(request) and (other := self.chooser.other(failed)):
            _reads_from.set(other)
            view, args, kwargs = request.database_view  # type: ignore[attr-defined]
            try:
                return _rendered(view(request, *args, **kwargs))
            except (OperationalError, InterfaceError):
                connections[other].close()
        # A query may also fail where the database answers: that is a fault of ours, and is logged as one.
        return None if self._answers(failed) else unavailable()

    def _answers(self, alias: str) -> bool:
        try:
            lag(alias)
        except Unreachable:
            return False
        return True


def is_public_read(request: HttpRequest) -> bool:
    """Whether this may be answered from a copy: it changes nothing, and nobody looks there for what they just wrote."""
    return (
        request.method in SAFE
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith((*OWN_WRITES, *FOR_OPERATORS, settings.STATIC_URL))
    )


def unavailable() -> HttpResponse:
    """The page that says that the database does not answer, made without it."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    # Without the request: what pages are told of it may ask the database who is signed in.
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    render_now = getattr(response, "render", None)
    return render_now() if render_now else response
