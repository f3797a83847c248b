"""For whoever runs the site: is everything there that it needs?"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from tracker import databases

WELL, FAILS, UNUSED = "ok", "fails", "not used"
# A worker looks for tasks each second. One of five minutes ago says that there is none, or that it is stuck.
MOST_WORKER_LAG = 300


@dataclass(frozen=True)
class Check:
    """How one part is: `ok`, `fails` or `not used`, a word on what is amiss, and by how many seconds it is behind."""

    state: str
    reason: str = ""
    seconds: float | None = None

    @property
    def is_well(self) -> bool:
        return self.state != FAILS

    def as_json(self) -> dict[str, object]:
        known = {"state": self.state, "reason": self.reason, "lag_seconds": self.seconds}
        return {name: value for name, value in known.items() if value not in ("", None)}


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each check and how it came out: 200 if all are well, else 503. Nothing in it is secret."""
    found = checks()
    is_ready = all(check.is_well for check in found.values())
    content = {"ready": is_ready, "checks": {name: check.as_json() for name, check in found.items()}}
    return JsonResponse(content, status=200 if is_ready else 503)


def checks() -> dict[str, Check]:
    """Every check, by its name."""
    found = {"database": _tried(_database)}
    if found["database"].is_well:
        found |= {"migrations": _tried(_migrations), "worker": _tried(_worker)}
    else:
        unknown = Check(FAILS, "the database does not answer")
        found |= {"migrations": unknown, "worker": unknown}
    return {**found, "replica": _replica(), "cache": _cache()}


def _tried(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DatabaseError as error:
        # Not what it says: that may name hosts and users.
        return Check(FAILS, type(error).__name__)


def _database() -> Check:
    if connections[databases.PRIMARY].vendor == "postgresql":
        try:
            databases.lag(databases.PRIMARY)
        except databases.Unreachable:
            return Check(FAILS, "does not answer")
    with connections[databases.PRIMARY].cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check(WELL)


def _migrations() -> Check:
    executor = MigrationExecutor(connections[databases.PRIMARY])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Check(FAILS, f"{waiting} not applied") if waiting else Check(WELL)


def _worker() -> Check:
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return Check(UNUSED)
    now = timezone.now()
    waiting = DBTaskResult.objects.using(databases.PRIMARY).ready().order_by("enqueued_at")[:50]
    # One that was to wait is due when its time has come; one that was not has a time far ahead.
    due_at = [max(one.enqueued_at, one.run_after) if one.run_after <= now else one.enqueued_at for one in waiting]
    seconds = round(max(((now - at).total_seconds() for at in due_at), default=0.0), 1)
    if seconds > MOST_WORKER_LAG:
        return Check(FAILS, "tasks wait", seconds)
    return Check(WELL, seconds=seconds)


def _replica() -> Check:
    if databases.REPLICA not in settings.DATABASES:
        return Check(UNUSED)
    try:
        seconds = databases.lag(databases.REPLICA)
    except databases.Unreachable:
        return Check(FAILS, "does not answer")
    if seconds is None:
        return Check(FAILS, "does not follow the primary")
    seconds = round(seconds, 1)
    return Check(WELL if seconds <= settings.REPLICA_MAX_LAG else FAILS, seconds=seconds)


def _cache() -> Check:
    key, value = f"readyz:{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, 5)
        is_kept = cache.get(key) == value
        cache.delete(key)
    except Exception as error:  # noqa: BLE001 # each kind of cache has its own, and all mean that it does not answer
        return Check(FAILS, type(error).__name__)
    return Check(WELL) if is_kept else Check(FAILS, "forgets")
