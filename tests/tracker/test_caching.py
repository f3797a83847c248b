"""Who may keep an answer: anybody for a moment, unless it is somebody's own."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.decorators.cache import never_cache

from tracker import caching

SESSION = {"HTTP_COOKIE": "sessionid=abc"}


def said(response: HttpResponse, *, method: str = "get", path: str = "/page/", **headers: str) -> str:
    """What Cache-Control an answer goes out with."""
    request: HttpRequest = getattr(RequestFactory(), method)(path, **headers)
    answer = caching.caching(lambda _request: response)(request)
    return answer.get("Cache-Control", "")


@pytest.mark.parametrize("status", [200, 301, 304, 404, 410])
def test_anybody_may_keep_a_page_for_a_moment_and_what_came_in_its_place(status: int) -> None:
    assert said(HttpResponse(status=status)) == caching.PUBLIC
    assert said(HttpResponse(status=status), method="head") == caching.PUBLIC
    for part in ("max-age=0", "s-maxage=10", "stale-while-revalidate=30", "stale-if-error=86400"):
        assert part in caching.PUBLIC


@pytest.mark.parametrize("status", [302, 400, 403, 429, 500, 503])
def test_nobody_keeps_what_went_wrong(status: int) -> None:
    assert said(HttpResponse(status=status)) == caching.PRIVATE


def test_nobody_keeps_what_is_somebodys_own() -> None:
    with_cookie = HttpResponse()
    with_cookie.set_cookie("csrftoken", "a")
    said_public = HttpResponse(headers={"Cache-Control": "public, max-age=900", "Vary": "Accept-Encoding, Cookie"})

    assert said(HttpResponse(), **SESSION) == caching.PRIVATE
    assert said(HttpResponse(), method="post") == caching.PRIVATE
    assert said(with_cookie) == caching.PRIVATE
    assert said(said_public) == caching.PRIVATE


def test_what_a_view_says_stays_but_shared_caches_keep_it_no_longer_than_a_page() -> None:
    file = said(HttpResponse(headers={"Cache-Control": "public, max-age=900"}))
    release = said(HttpResponse(headers={"Cache-Control": "public, max-age=31536000, immutable"}))
    form = never_cache(lambda _request: HttpResponse())(RequestFactory().get("/"))

    assert set(file.split(", ")) == {"public", "max-age=900", *caching.SHARED.split(", ")}
    assert release == "public, max-age=31536000, immutable"
    assert "no-store" in said(form)


def test_static_files_are_left_alone() -> None:
    assert said(HttpResponse(headers={"Cache-Control": "max-age=60, public"}), path="/static/a.css", **SESSION) == (
        "max-age=60, public"
    )
