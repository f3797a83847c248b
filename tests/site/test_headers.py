"""Every address sends the headers that keep others out of its pages, from the URL map: a new one cannot forget them."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client, override_settings

from tests.admin.world import browser_of
from tests.site.addresses import FILES, World, addresses, states
from tests.site.test_who_may_what import every_address

pytestmark = pytest.mark.django_db

# What pages of other sites may load; the API too. Robots and sitemaps are read by no page.
FOR_OTHERS = FILES - {"robots", "sitemap", "sitemap_index", "security_txt"}
FRAMED = frozenset({"embed", "embed_list"})
SAME = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default looked-at",
}


def policy_of(response: HttpResponseBase) -> dict[str, str]:
    said = response.headers.get("Content-Security-Policy", "")
    return dict(one.strip().partition(" ")[::2] for one in said.split(";"))


def faults(response: HttpResponseBase, *, is_for_others: bool = False, is_framed: bool = False) -> Iterator[str]:
    """What this answer fails to say, header by header."""
    headers, policy = response.headers, policy_of(response)
    expected = {**SAME, "Cross-Origin-Resource-Policy": "cross-origin" if is_for_others else "same-origin"}
    yield from (name for name, value in expected.items() if headers.get(name) != value)
    if ("X-Frame-Options" in headers) == is_framed:
        yield "X-Frame-Options"
    of_frames = {"frame-ancestors": "*", "trusted-types": "'none'"} if is_framed else {}
    yield from (name for name, value in {**POLICY, **of_frames}.items() if policy.get(name) != value)
    if "unsafe" in headers.get("Content-Security-Policy", ""):
        yield "unsafe"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy"


def of_the_public(world: World, client: Client) -> dict[str, list[str]]:
    """Faults by address."""
    found = {}
    for name, all_of_it in addresses(world).items():
        for address in all_of_it:
            is_for_others = name in FOR_OTHERS
            wrong = list(faults(client.get(address), is_for_others=is_for_others, is_framed=name in FRAMED))
            if wrong:
                found[address] = wrong
    return found


def test_every_public_address_sends_them(shared_world: World, client: Client) -> None:
    assert of_the_public(shared_world, client) == {}


def test_pages_for_what_is_amiss_send_them(shared_world: World, client: Client) -> None:
    assert {address: found for address in states() if (found := list(faults(client.get(address))))} == {}


def test_the_desk_and_the_pages_of_accounts_send_them(shared_world: World) -> None:
    for who in ("administrator", "stranger"):
        client = browser_of(who)
        wrong = {}
        for address in every_address(shared_world):
            if address.startswith(("/admin/", "/accounts/", "/healthz", "/static/")):
                found = list(faults(client.head(address)))
                # A file is no page: what a page may do it does not say.
                if address.startswith("/static/"):
                    found = [name for name in found if name in SAME]
                if found:
                    wrong[address] = found
        assert wrong == {}, who


def test_the_api_is_for_every_site(client: Client) -> None:
    for address in ("/api/v1/", "/api/v1/commitments/", "/api/v1/openapi.json", "/api/v1/nowhere/"):
        response = client.get(address)

        assert list(faults(response, is_for_others=True)) == [], address
        again = client.get(address, headers={"If-None-Match": response.headers.get("ETag", '"none"')})
        assert again.headers["Cross-Origin-Resource-Policy"] == "cross-origin", address


def test_what_a_browser_has_already_it_may_still_show_elsewhere(shared_world: World, client: Client) -> None:
    for name in ("card", "feed", "embed"):
        address = addresses(shared_world)[name][0]
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers.get("ETag", "")})

        assert again.headers["Cross-Origin-Resource-Policy"] == "cross-origin", name


@pytest.mark.parametrize(
    ("part", "missed"),
    [
        ("tracker.middleware.isolation", "Cross-Origin-Resource-Policy"),
        ("django.middleware.security.SecurityMiddleware", "X-Content-Type-Options"),
        ("django.middleware.csp.ContentSecurityPolicyMiddleware", "require-trusted-types-for"),
        ("django.middleware.clickjacking.XFrameOptionsMiddleware", "X-Frame-Options"),
        ("tracker.middleware.permissions_policy", "Permissions-Policy"),
    ],
)
def test_without_what_sends_them_they_would_be_missed(
    shared_world: World, client: Client, part: str, missed: str
) -> None:
    """The controls of the sweeps above."""
    with override_settings(MIDDLEWARE=[one for one in settings.MIDDLEWARE if one != part]):
        assert missed in list(faults(client.get("/about/")))


@pytest.mark.parametrize("unsafe", ["'unsafe-inline'", "'unsafe-eval'"])
def test_an_unsafe_word_would_be_found(client: Client, unsafe: str) -> None:
    with override_settings(SECURE_CSP={**settings.SECURE_CSP, "script-src": ["'self'", unsafe]}):
        assert "unsafe" in list(faults(client.get("/about/")))
