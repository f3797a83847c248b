"""Role × address × method, for the whole site, from the URL map: an address without a row fails.

What each role may read and post at the desk: tests/admin/test_roles.py. Here every other address, and every method.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, override_settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse

from commitments.api.urls import urlpatterns as api_patterns
from commitments.models import User
from commitments.public.urls import urlpatterns as public_patterns
from tests.accounts.people import make_account, with_app
from tests.admin.cast import logged_in
from tests.admin.test_roles import ELSEWHERE, TABLE
from tests.admin.world import EVERYBODY, STRANGER, browser_of
from tests.site.addresses import World, addresses
from tracker import urls

REFUSED = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW")
OPTIONS = "OPTIONS"
FORM = "application/x-www-form-urlencoded"

# Public addresses that take a POST, with how they answer an empty form that nobody signed.
FORMS = {
    "suggest": 403, "follow": 403, "follow_webhook": 403, "follow_confirm": 403, "follow_manage": 403,
    # For mail programs, which bring no token: the address is signed itself.
    "follow_unsubscribe": 400,
}  # fmt: skip
IN, LOGIN, AGAIN, NONE, BAD = "in", "log in", "confirm", 404, 405
# Addresses of accounts: how a stranger is answered to GET and POST, and how somebody who is logged in is.
ACCOUNTS: dict[str, tuple[Any, Any, Any, Any]] = {
    "account": (LOGIN, LOGIN, IN, IN),
    "account_login": (IN, IN, IN, IN),
    "account_logout": (LOGIN, LOGIN, IN, LOGIN),
    "account_reauthenticate": (LOGIN, LOGIN, IN, IN),
    "account_change_password": (LOGIN, LOGIN, IN, IN),
    # Whoever has one changes it.
    "account_set_password": (LOGIN, LOGIN, IN, IN),
    "account_reset_password": (IN, IN, IN, IN),
    "account_reset_password_done": (IN, IN, IN, IN),
    "account_reset_password_from_key_done": (IN, BAD, IN, BAD),
    "account_reset_password_from_key": (IN, IN, IN, IN),
    "mfa_index": (LOGIN, LOGIN, IN, BAD),
    "mfa_authenticate": (LOGIN, LOGIN, IN, IN),
    "mfa_reauthenticate": (LOGIN, LOGIN, IN, IN),
    "mfa_activate_totp": (LOGIN, LOGIN, IN, IN),
    "mfa_deactivate_totp": (LOGIN, LOGIN, NONE, NONE),
    "mfa_view_recovery_codes": (LOGIN, LOGIN, NONE, BAD),
    "mfa_generate_recovery_codes": (LOGIN, LOGIN, IN, IN),
    "mfa_list_webauthn": (LOGIN, LOGIN, IN, BAD),
    "mfa_add_webauthn": (LOGIN, LOGIN, IN, IN),
    "mfa_reauthenticate_webauthn": (LOGIN, LOGIN, IN, IN),
    "mfa_login_webauthn": (LOGIN, LOGIN, IN, IN),
    "mfa_remove_webauthn": (LOGIN, LOGIN, NONE, NONE),
    "mfa_edit_webauthn": (LOGIN, LOGIN, NONE, NONE),
    "usersessions_list": (LOGIN, LOGIN, IN, IN),
}
ARGUMENTS = {
    "mfa_remove_webauthn": (1,),
    "mfa_edit_webauthn": (1,),
    "account_reset_password_from_key": ("1", "set-password"),
}
# For operators: each with a test of its own.
OPERATORS = {"healthz", "readyz", "metrics"}


def patterns(found: list[Any]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def without_a_row(found: list[Any]) -> set[str]:
    """Names of addresses that no table knows."""
    public = {str(one.name) for one in public_patterns} | {str(one.name) for one in api_patterns}
    known = {*public, *ACCOUNTS, *TABLE, *ELSEWHERE, *OPERATORS}
    # Without a name are the admin's leads from old addresses and its page for none: tests/admin/test_roles.py.
    return {str(one.name) for one in patterns(found) if one.name} - known


def test_every_address_has_a_row() -> None:
    assert without_a_row(urls.urlpatterns) == set()
    assert {one.name for one in patterns(get_resolver().url_patterns)} >= {*ACCOUNTS, *FORMS}
    # The control: an address that nobody wrote a row for is found.
    assert without_a_row([*urls.urlpatterns, path("new/", lambda request: None, name="new")]) == {"new"}  # type: ignore[arg-type,return-value]


def every_address(world: World) -> list[str]:
    """One address of every name, whatever it is for."""
    public = [found[0].partition("?")[0] for found in addresses(world).values()]
    api = [reverse(str(one.name)) for one in api_patterns if "(" not in str(one.pattern)]
    accounts = [reverse(name, args=ARGUMENTS.get(name, ())) for name in ACCOUNTS]
    desk = [reverse(f"admin:{name}") for name in (*TABLE, *ELSEWHERE) if _takes_nothing(name)]
    rows = ["/admin/commitments/commitment/1/change/", "/admin/commitments/user/1/sessions/"]
    return [*public, *api, *accounts, *desk, *rows, "/healthz", "/static/css/base.css", "/nowhere/"]


def _takes_nothing(name: str) -> bool:
    try:
        reverse(f"admin:{name}")
    except NoReverseMatch:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_no_role_does_anything_by_another_method(shared_world: World, who: str) -> None:
    client = browser_of(who)
    answered = []
    for address in every_address(shared_world):
        is_api = address.startswith("/api/")
        for method in (*REFUSED, OPTIONS):
            status = client.generic(method, address).status_code
            is_wanted = status in (200, 204) if is_api and method == OPTIONS and address != "/api/" else status == 405
            if not is_wanted:
                answered.append((method, address, status))

    assert answered == []


@pytest.mark.django_db
def test_without_the_middleware_another_method_would_get_through(shared_world: World) -> None:
    """The control of the test above."""
    without = [one for one in settings.MIDDLEWARE if one != "tracker.middleware.known_methods"]
    with override_settings(MIDDLEWARE=without):
        assert browser_of(STRANGER).generic("BREW", "/accounts/password/reset/done/").status_code != 405


@pytest.mark.django_db
def test_the_public_reads_everything_public_and_posts_to_forms_alone(shared_world: World) -> None:
    client, forger, wrong = Client(), Client(enforce_csrf_checks=True), []
    for name, found in addresses(shared_world).items():
        address = found[0]
        expected = {"GET": 200, "HEAD": 200, "POST": FORMS.get(name, 405)}
        answers = {
            "GET": client.get(address).status_code,
            "HEAD": client.head(address).status_code,
            "POST": (forger if name in FORMS else client).post(address, "x=1", content_type=FORM).status_code,
        }
        if answers != expected:
            wrong.append((name, answers))

    assert wrong == []


@pytest.mark.django_db
def test_a_role_changes_nothing_about_what_is_public(shared_world: World) -> None:
    stranger, administrator = Client(), browser_of("administrator")
    names = ("home", "commitments", "commitment", "developments", "commitments_file", "data", "feed", "privacy")
    different = [
        address
        for name in names
        for address in addresses(shared_world)[name][:1]
        if b"".join(stranger.get(address)) != b"".join(administrator.get(address))
    ]

    assert different == []


def answer(client: Client, method: str, address: str) -> Any:
    response = getattr(client, method)(address)
    to = response.headers.get("Location", "")
    if response.status_code in (NONE, BAD):
        return response.status_code
    if to.startswith("/accounts/login/"):
        return LOGIN
    return IN if response.status_code in (200, 302) else response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_pages_of_accounts_are_everybodys_own(who: str) -> None:
    wrong, first = [], browser_of(who)
    user = None if who == STRANGER else User.objects.get(pk=first.session["_auth_user_id"])

    def browser() -> Client:
        return Client() if user is None else logged_in(user)

    for name, row in ACCOUNTS.items():
        address = reverse(name, args=ARGUMENTS.get(name, ()))
        expected = row[:2] if who == STRANGER else row[2:]
        # Each from the beginning: some of them log out.
        found = tuple(answer(browser(), method, address) for method in ("get", "post"))
        if found != expected:
            wrong.append((name, found, expected))

    assert wrong == []


@pytest.mark.django_db
def test_nobody_touches_anothers_second_factors() -> None:
    theirs, mine = with_app(make_account(username="theirs")), logged_in(make_account(username="mine"))

    assert mine.post("/accounts/2fa/totp/deactivate/").status_code == 404
    assert Authenticator.objects.filter(user=theirs).count() == 1
