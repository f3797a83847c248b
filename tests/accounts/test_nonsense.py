"""What no browser sends: answered as a mistake, never as a fault of the site."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django.test import Client

from tests.accounts.people import LOGIN, app_code, give_password, make_account, with_app
from tests.admin.cast import logged_in

pytestmark = pytest.mark.django_db


def handle(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def signed_by_nobody(**fields: Any) -> dict[str, Any]:
    """What the answer of a device looks like, with nothing right in it."""
    nothing = handle("nothing")
    response = {"clientDataJSON": handle("{}"), "authenticatorData": handle("x" * 37), "signature": nothing}
    return {"id": nothing, "rawId": nothing, "type": "public-key", "response": {**response, **fields}}


CREDENTIALS = [
    "", "x", "null", "1", "[]", "{}", '{"response": 1}', '{"id": "é", "response": {}}', "[" * 2000,
    json.dumps(signed_by_nobody()),
    *(json.dumps(signed_by_nobody(userHandle=one)) for one in (1, None, "é", handle("1"), handle("-1"))),
    json.dumps(signed_by_nobody(userHandle=handle("z" * 40))),
]  # fmt: skip


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_credential_that_is_none_lets_nobody_in(client: Client, credential: str) -> None:
    with_app(make_account())
    inside = logged_in(make_account(username="dina"))
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    inside.get("/accounts/2fa/webauthn/add/")

    by_passkey = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    give_password(client)
    client.get("/accounts/2fa/authenticate/")
    second = client.post("/accounts/2fa/authenticate/", {"credential": credential})
    added = inside.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": credential})

    assert by_passkey.status_code in (200, 302)
    assert (second.status_code, added.status_code) == (200, 200)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("text", ["\x00", "é" * 5000, "\ud83d\ude00", " ", "%s%n", "' OR 1=1 --"])
def test_nonsense_in_the_fields_is_a_mistake(client: Client, text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")

    assert client.post(LOGIN, {"login": text, "password": text, "next": text}).status_code == 200
    assert client.post("/accounts/password/reset/", {"email": text}).status_code == 200
    assert client.get("/accounts/login/", {"next": text}).status_code == 200
    with_app(make_account())
    give_password(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": text}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": app_code()}).status_code == 302
