"""Every answer carries the headers that limit what a page may do."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/no-such-page/"])
@pytest.mark.django_db
def test_it_allows_nothing_inline_and_nothing_from_another_host(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]

    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["img-src"] == "'self'"
    assert directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_it_refuses_the_abilities_of_the_browser_and_tells_others_nothing(client: Client) -> None:
    headers = client.get("/admin/login/").headers

    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
