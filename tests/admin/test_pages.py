"""What every page of the admin promises."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from commitments.codelists import Classification
from commitments.models import Passage, User
from commitments.roles import DeskRole
from tests.admin.addresses import NOUNS, make_world, registered, url
from tests.admin.cast import filled, log_in, logged_in, make_member
from tests.factories import make_commitment, make_document, make_user
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> list[str]:
    return [address for found in make_world().values() for address in found]


@pytest.fixture
def reader(db: None) -> Client:
    """The browser of somebody who may open every page of a record."""
    return logged_in(make_member(DeskRole.REVIEWER, "dina"))


@pytest.fixture
def pages(addresses: list[str], reader: Client) -> dict[str, Markup]:
    """Every page that a reviewer can open, each answering 200."""
    return {address: read(reader, address) for address in addresses}


def test_every_noun_has_its_pages() -> None:
    assert registered() == {noun._meta.model_name for noun in NOUNS} | {"user"}


def test_no_page_has_inline_script_or_style(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        assert not page.all("style"), address
        for element in page.elements:
            assert "style" not in element.attributes, (address, element)
            assert not [name for name in element.attributes if name.startswith("on")], (address, element)
            assert not element.attributes.get("href", "").startswith("javascript:"), (address, element)
        assert not [script for script in page.all("script") if "src" not in script.attributes], address


def test_no_page_loads_anything_from_another_host(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        loaded = [element.attributes.get("src", "") for element in page.elements]
        loaded += [element["href"] for element in page.all("link")]
        assert not [url for url in loaded if urlsplit(url).netloc], address


def test_the_login_page_keeps_to_the_policy_too(client: Client) -> None:
    page = read(client, "/accounts/login/")

    assert not page.all("style")
    assert not [script for script in page.all("script") if "src" not in script.attributes]


def test_every_page_has_one_heading_and_one_main_part(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        assert len(page.all("h1")) == 1, address
        assert len(page.all("main")) == 1, address


def test_every_id_is_there_once(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        ids = Counter(element["id"] for element in page.elements if element.attributes.get("id"))
        assert not [name for name, times in ids.items() if times > 1], address


def test_every_field_has_a_name(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        labelled = {element.attributes.get("for") for element in page.all("label")}
        fields = [field for tag in ("input", "select", "textarea") for field in page.all(tag)]
        unnamed = [
            field
            for field in fields
            if field.attributes.get("type") not in ("hidden", "submit")
            and field.attributes.get("id") not in labelled
            and "aria-label" not in field.attributes
            and not re.search("__prefix__", field.attributes.get("name", ""))
        ]
        assert not unnamed, (address, unnamed)


def test_links_within_a_page_find_their_place(pages: dict[str, Markup]) -> None:
    for address, page in pages.items():
        ids = {element["id"] for element in page.elements if "id" in element.attributes}
        wanted = {
            element["href"][1:] for element in page.all("a") if re.match("#.", element.attributes.get("href", ""))
        }
        assert wanted <= ids, (address, wanted - ids)


def test_every_link_leads_somewhere(pages: dict[str, Markup], reader: Client) -> None:
    hrefs = {link.attributes.get("href", "") for page in pages.values() for link in page.all("a")}
    links = {urlsplit(href)._replace(fragment="").geturl() for href in hrefs if href.startswith("/")}

    broken = {link: code for link in links if (code := reader.get(link, follow=True).status_code) != 200}

    assert broken == {}


def test_a_stranger_is_asked_to_log_in(addresses: list[str], client: Client) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.url.startswith("/admin/login/"), address  # type: ignore[attr-defined]


def test_staff_without_rights_see_nothing(addresses: list[str]) -> None:
    staff = logged_in(make_user("newcomer"))
    for address in set(addresses) - {reverse("admin:index")}:
        assert staff.get(address).status_code in (403, 404), address


def test_an_editor_has_no_rights_on_users(editor: User, desk: Client) -> None:
    assert desk.get("/admin/commitments/user/").status_code == 403
    assert desk.get(f"/admin/commitments/user/{editor.pk}/change/").status_code == 403
    assert desk.get("/admin/auth/group/").status_code == 403


@pytest.mark.django_db
def test_an_administrator_reads_and_changes_users(client: Client) -> None:
    log_in(client, make_user("admin", is_superuser=True))
    for address in ("/admin/commitments/user/", "/admin/commitments/user/add/", "/admin/auth/group/"):
        page = read(client, address)
        assert not page.all("style")
        assert not [script for script in page.all("script") if "src" not in script.attributes]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/commitments/commitment/abc/change/",
        "/admin/commitments/commitment/abc/history/",
        "/admin/commitments/commitment/1/history/abc/",
        "/admin/commitments/commitment/99999999999999999999999/history/",
        "/admin/commitments/commitment/99999999999999999999999/log/",
        "/admin/commitments/commitment/abc/log/",
        "/admin/commitments/commitment/0/check/",
        "/admin/commitments/development/abc/change/",
        "/admin/commitments/development/abc/history/",
        "/admin/commitments/development/abc/delete/",
        *(f"/admin/commitments/{noun}/{'9' * 5000}/change/" for noun in ("development", "suggestion", "import")),
        f"/admin/commitments/commitment/{'9' * 5000}/history/",
        "/admin/commitments/development/0/correct/",
        "/admin/commitments/party/%00/change/",
        "/admin/commitments/commitment/?country=%00",
        "/admin/commitments/commitment/?q=%00",
        "/admin/commitments/commitment/?country=K1&status__exact=nothing",
        "/admin/commitments/commitment/?summit__id__exact=abc",
        "/admin/commitments/commitment/?p=abc&o=99.x",
        "/admin/commitments/development/?state=nothing",
        "/admin/autocomplete/?app_label=commitments&model_name=commitmentparty&field_name=party&term=%00",
        "/admin/autocomplete/?app_label=commitments&model_name=commitmentparty&field_name=nothing&term=a",
    ],
)
def test_a_bad_address_is_no_fault_of_ours(desk: Client, address: str) -> None:
    make_commitment()

    assert desk.get(address, follow=True).status_code < 500


def test_dates_and_times_are_written_in_one_way(pages: dict[str, Markup]) -> None:
    """As 30 November 2026, 15:01: neither as in America nor, where a person reads them, as programs write them."""
    for address, page in pages.items():
        assert not re.findall(r"[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d [ap]\.m\.|noon|midnight", page.words), address
        headings = " ".join(one.text for one in page.elements if one.tag in ("h1", "title"))
        assert not re.findall(r"\d{4}-\d\d-\d\d", headings), address


def test_a_source_of_many_sentences_is_saved_and_kept_while_it_is_typed(desk: Client) -> None:
    document = make_document()
    said = {"classification": Classification.CONTEXT, "summary": "They met.", "reason": "It asks nothing."}
    Passage.objects.bulk_create(Passage(document=document, paragraph=n, sentence=1, **said) for n in range(1, 201))
    page = url("document", "change", document.pk)
    typed = filled(desk.get(page), title="A long statement")

    kept = desk.post(reverse("admin:autosave"), {**typed, "_address": page})
    saved = desk.post(page, typed)

    # Too large to be kept is an answer; a bad request is none.
    assert kept.status_code in (200, 413)
    assert saved.status_code == 302
    document.refresh_from_db()
    assert document.title == "A long statement"
