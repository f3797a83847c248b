"""No parameter leads to another site or becomes a header, and no header passes for the site's name."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import include, path, reverse

from commitments.filters import CommitmentFilter
from tests.accounts.people import give_password, make_account
from tests.admin.world import STRANGER, browser_of
from tests.site.addresses import World, addresses, states
from tests.site.test_who_may_what import ACCOUNTS, ARGUMENTS, every_address

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
HOST = "testserver"
# How browsers may read these is not how servers do.
ELSEWHERE = (
    f"https://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"///{EVIL}", f"/\t/{EVIL}", f"https:{EVIL}",
    f"http://{HOST}@{EVIL}/", f"javascript://{HOST}/%0aalert(1)",
)  # fmt: skip
# Names under which sites are told where to go on, and all that this one reads from an address.
LEADING = (
    "next",
    "url",
    "to",
    "return",
    "returnTo",
    "redirect",
    "redirect_to",
    "continue",
    "target",
    "_changelist_filters",
)
READ = (
    *CommitmentFilter.base_filters,
    *("page", "as_of", "sort", "format", "maxwidth", "month", "figure", "of", "by"),
    *("commitment", "entry", "cursor", "fields"),
)
PATHS = (
    f"//{EVIL}",
    f"//{EVIL}/..;/commitments",
    f"/\\{EVIL}",
    f"/%5c{EVIL}",
    f"/%2f{EVIL}/%2e%2e",
    f"/commitments//{EVIL}",
)
BREAK = "a\r\nX-Evil: 1\r\n\r\n<p>evil"


def pages(world: World) -> list[str]:
    """One address of every name, but for files, which ask no parameter."""
    return [address for address in every_address(world) if not address.startswith("/static/")]


def planted(request: HttpRequest) -> HttpResponse:
    """A view with the faults that are looked for."""
    if "q" in request.GET:
        return HttpResponse(headers={"X-Said": request.GET["q"]})
    if "next" in request.GET:
        return HttpResponseRedirect(request.GET["next"])
    return HttpResponse(request.META.get("HTTP_HOST", ""))


urlpatterns = [path("planted/", planted), path("", include("tracker.urls"))]


def leaves(response: HttpResponseBase, at: str = "/") -> bool:
    """Whether it leads to another host, read as forgivingly as a browser reads it."""
    said = response.headers.get("Location", "")
    seen = said.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    to = urlsplit(urljoin(f"http://{HOST}{at}", seen))
    return bool(said) and (to.hostname != HOST or to.scheme not in ("http", "https") or seen.startswith("//"))


def asked(address: str, parameters: Iterable[str], value: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{'&'.join(f'{name}={quote(value)}' for name in parameters)}"


def leading_away(client: Client, wanted: Iterable[str], values: Iterable[str]) -> list[tuple[str, str]]:
    """Which of these addresses lead elsewhere when they are told to."""
    found = []
    for address in wanted:
        for value in values:
            response = client.get(asked(address, LEADING, value))
            if leaves(response, address):
                found.append((address, response.headers["Location"]))
    return found


def test_no_address_leads_to_another_site(shared_world: World) -> None:
    every = pages(shared_world)
    # Public pages know nobody.
    of_people = [address for address in every if address.startswith(("/admin/", "/accounts/"))]

    assert leading_away(browser_of(STRANGER), every, ELSEWHERE[:3]) == []
    assert leading_away(browser_of("administrator"), of_people, ELSEWHERE[:3]) == []


@override_settings(ROOT_URLCONF=__name__)
def test_one_that_did_would_be_found(client: Client) -> None:
    found = leading_away(client, ["/planted/"], ELSEWHERE)

    # Of the others Django takes the sting: it escapes backslashes, and refuses schemes that are none of the web's.
    assert [to for _address, to in found] == [
        to for to in ELSEWHERE if "\\" not in to and to.startswith(("http", "//"))
    ]


def test_no_form_of_accounts_leads_to_another_site() -> None:
    make_account()
    for to in ELSEWHERE:
        assert not leaves(give_password(Client(), next=to)), to
    client, found = browser_of("administrator"), []
    for name in ACCOUNTS:
        address = reverse(name, args=ARGUMENTS.get(name, ()))
        for to in ELSEWHERE[:3]:
            if leaves(client.post(address, {"next": to}), address):
                found.append((address, to))

    assert found == []


@pytest.mark.parametrize("asked_for", PATHS)
def test_no_path_is_taken_for_a_host(client: Client, asked_for: str) -> None:
    for address in (asked_for, f"/accounts{asked_for}", f"/admin{asked_for}"):
        # The path as a server hands it over: not put together anew.
        response = client.get("/", PATH_INFO=unquote(address))

        assert response.status_code in (301, 302, 404), address
        assert not leaves(response, "/"), address


def broken(response: Any) -> bool:
    """Whether what was sent became a header, a line of one, or a body of its own; or broke the site."""
    lines = [*response.headers.items(), *((name, one.OutputString()) for name, one in response.cookies.items())]
    # 501 is oEmbed's word for a format that there is not.
    is_split = any("\r" in value or "\n" in value or name == "X-Evil" for name, value in lines)
    return is_split or response.status_code in (500, 502, 503)


def breaking(client: Client, wanted: Iterable[str]) -> Iterator[str]:
    for address in wanted:
        response = client.get(asked(address, (*LEADING, *READ), BREAK), headers={"Referer": BREAK, "Origin": BREAK})
        if broken(response):
            yield address


def test_no_parameter_becomes_a_header(shared_world: World) -> None:
    every = [*pages(shared_world), *(found[0] for found in addresses(shared_world).values()), *states()]

    assert list(breaking(Client(raise_request_exception=False), every)) == []


@pytest.mark.parametrize(
    "name", ["commitments", "commitments_file", "feed", "deadlines", "cite_list", "oembed", "embed_list"]
)
def test_nor_does_any_of_them_alone(shared_world: World, name: str) -> None:
    client, address = Client(raise_request_exception=False), addresses(shared_world)[name][0].partition("?")[0]

    found = []
    for one in READ:
        response = client.get(asked(address, [one], BREAK))
        if broken(response):
            found.append(one)

    assert found == []


@override_settings(ROOT_URLCONF=__name__)
def test_one_that_became_a_header_would_be_found() -> None:
    assert list(breaking(Client(raise_request_exception=False), ["/planted/?a=b"])) == ["/planted/?a=b"]


FORGED = {
    "X-Forwarded-Host": EVIL,
    "X-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "Forwarded": f"host={EVIL}",
    "X-Original-URL": f"//{EVIL}",
}


def naming(client: Client, wanted: Iterable[str]) -> Iterator[str]:
    """The addresses whose answers repeat the name that somebody made up."""
    for address in wanted:
        response = client.get(address, headers=FORGED)
        if EVIL in repr(response.headers) or EVIL.encode() in b"".join(response):
            yield address


def test_no_other_host_is_answered(shared_world: World, client: Client) -> None:
    answered = [
        (address, host)
        for address in (found[0] for found in addresses(shared_world).values())
        for host in (EVIL, f"{HOST}.{EVIL}", f"{HOST}@{EVIL}", f"{EVIL}#{HOST}", f"{HOST}:80@{EVIL}")
        if client.get(address, headers={"Host": host}).status_code != 400
    ]

    assert answered == []


@override_settings(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
def test_where_every_host_were_allowed_it_would_be(client: Client) -> None:
    assert client.get("/planted/", headers={"Host": EVIL}).content == EVIL.encode()


def test_no_answer_repeats_a_name_that_a_header_made_up(shared_world: World, client: Client) -> None:
    assert list(naming(client, (found[0] for found in addresses(shared_world).values()))) == []


@override_settings(USE_X_FORWARDED_HOST=True, ALLOWED_HOSTS=["*"])
def test_one_that_did_would_be_seen(shared_world: World, client: Client) -> None:
    assert "/about/" in list(naming(client, ["/about/"]))
