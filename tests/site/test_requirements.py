"""What OWASP ASVS asks and no other test looks at."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from commitments.models import User
from tests.accounts.people import give_password, make_account
from tests.admin.world import browser_of
from tests.markup import body
from tests.site.addresses import World, addresses

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_cookies_are_for_this_site_and_the_session_for_no_script(client: Client) -> None:
    make_account()
    client.get("/accounts/login/")
    give_password(client)

    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= client.cookies.keys()
    assert all(cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert client.cookies[settings.SESSION_COOKIE_NAME]["httponly"]


def test_a_session_cannot_be_guessed() -> None:
    make_account()
    names = set()
    for _ in range(3):
        client = Client()
        give_password(client)
        names.add(client.cookies[settings.SESSION_COOKIE_NAME].value)

    assert len(names) == 3
    # 25 characters of 36 are 129 bits.
    assert all(re.fullmatch("[a-z0-9]{25,}", name) for name in names)


def test_a_session_ends_with_its_account(client: Client) -> None:
    account = make_account()
    give_password(client)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=account.pk).update(is_active=False)

    for address in ("/admin/", "/accounts/"):
        assert "/login/" in client.get(address).headers["Location"], address


def test_logging_out_is_on_every_page_of_the_desk() -> None:
    client = browser_of("editor")

    for address in ("/admin/", "/admin/commitments/commitment/", "/admin/commitments/development/log/", "/accounts/"):
        assert re.search(r'"/(admin|accounts)/logout/"', body(client.get(address))), address


def test_scripts_of_other_sites_read_public_data_alone(shared_world: World, client: Client) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    open_to_all = {"oembed", "catalogue"}
    for name, found in addresses(shared_world).items():
        said = client.get(found[0], headers=origin).headers
        assert said.get("Access-Control-Allow-Origin") == ("*" if name in open_to_all else None), name
        assert "Access-Control-Allow-Credentials" not in said, name
    assert client.get("/api/v1/", headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    for address in ("/admin/", "/accounts/login/"):
        assert "Access-Control-Allow-Origin" not in browser_of("administrator").get(address, headers=origin).headers


def test_texts_name_their_encoding(shared_world: World, client: Client) -> None:
    for found in addresses(shared_world).values():
        for address in found:
            kind = client.get(address).headers["Content-Type"]
            # JSON is Unicode by its standard, and bytes have no encoding.
            if kind.startswith("text/") or kind.partition(";")[0].endswith("xml"):
                assert "charset=utf-8" in kind.lower(), (address, kind)


def test_no_weak_hash_is_used() -> None:
    modules = [path for folder in ("commitments", "tracker") for path in (ROOT / folder).rglob("*.py")]

    assert len(modules) > 100
    weak = re.compile(r"\b(md5|sha1)\b", re.IGNORECASE)
    assert [path.name for path in modules if weak.search(path.read_text(encoding="utf-8"))] == []


def test_nginx_speaks_new_tls_alone() -> None:
    (protocols,) = set(re.findall(r"ssl_protocols ([^;]+);", text("deploy/nginx/site.conf")))

    assert protocols.split() == ["TLSv1.2", "TLSv1.3"]


def test_the_readme_lists_what_is_encrypted_signed_and_hashed() -> None:
    listed = text("docs/security/README.md")

    used = {"AESGCM": "AES-256-GCM", "Fernet(": "Fernet", "hmac": "HMAC-SHA-256", "sha256": "SHA-256"}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "commitments").rglob("*.py"))
    for call, name in used.items():
        assert call in code, call
        assert name in listed, name
    for key in ("SECRET_KEY", "BACKUP_KEY"):
        assert f"`{key}`" in listed


def test_it_is_said_by_when_weak_components_are_replaced() -> None:
    assert re.search(r"within \d+ days\s+if a stranger could use it, within \d+ days otherwise", text("SECURITY.md"))
