"""Numbers for whoever runs the site, in the form that Prometheus reads, and for nobody else.

Each process counts in files of its own where gunicorn gives them a folder (`METRICS_FOLDER`), and whichever
is asked adds them up. What is no count is looked up when it is asked for.
"""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from tracker import readiness

# Of this module alone: the library's own also tells of the process, in one of several.
_own = CollectorRegistry()
_REQUESTS = Counter(
    "tracker_requests", "Answers, by method, route and status.", ["method", "route", "status"], registry=_own
)
_SECONDS = Histogram(
    "tracker_request_seconds",
    "How long answers took, by route.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_own,
)


def count(*, method: str, route: str, status: int, seconds: float) -> None:
    """One more answer. Routes are patterns, of which there are as many as there are views."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


class _Looked(Collector):
    """What is found out by looking: whether each part answers, and how far the worker is behind."""

    def collect(self) -> Iterator[Metric]:
        parts = GaugeMetricFamily("tracker_check", "1 if this part does what it should (/readyz).", labels=["part"])
        for name, check in readiness.checks().items():
            parts.add_metric([name], float(check.is_well))
            if check.seconds is not None:
                yield GaugeMetricFamily(
                    f"tracker_{name}_lag_seconds", f"By how many seconds {name} is behind.", value=check.seconds
                )
        yield parts


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Every number. Raises `Http404` for whoever neither comes from an operator's address nor has the token."""
    if not (_has_token(request) or _asks_from(request) in settings.METRICS_ALLOW):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Looked())
    if settings.METRICS_FOLDER:
        multiprocess.MultiProcessCollector(registry, settings.METRICS_FOLDER)  # type: ignore[no-untyped-call] # the library says nothing of it
        content = generate_latest(registry)
    else:
        content = generate_latest(registry) + generate_latest(_own)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    return bool(expected) and kind == "Bearer" and secrets.compare_digest(token.encode(), expected.encode())


def _asks_from(request: HttpRequest) -> str:
    """The address that asks; blank if a proxy asks and does not say for whom, or somebody says so who is no proxy."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if not forwarded:
        return peer
    return forwarded.rpartition(",")[2].strip() if peer in settings.TRUSTED_PROXIES else ""
