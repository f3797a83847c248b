"""A form of the admin that is sent twice, by a double click or a retry, does its work once: every one of them."""

import copy
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from commitments import once
from commitments.actions import form_keys
from commitments.models import Document, FormKey, Import, User
from tests.admin.addresses import make_world, url
from tests.admin.cast import filled, log_in, logged_in, make_editor
from tests.admin.test_writes import WRITES, Desk
from tests.admin.world import World
from tests.factories import make_summit, make_user
from tests.markup import Markup

# What a person types into the form of a new record; every noun that can be added has a line.
ADDED: dict[str, dict[str, str]] = {
    "commitment": {
        "code": "NEW-1",
        "title": "Build a road",
        "summary": "A road.",
        "made": "2024-02",
        "collectivity": "several",
        "kind": "event",
        "strength": "announced",
        "parties__TOTAL_FORMS": "0",
    },
    "document": {"title": "New", "publisher": "P", "kind": "news_report", "source_kind": "secondary"},
    "party": {"name": "Port Fund", "slug": "port-fund", "kind": "institution"},
    "sdgtarget": {"code": "9.1"},
    "sector": {"code": "210", "name": "Transport"},
    "statusword": {"word": "Compromise", "status": "partially_delivered"},
    "summit": {"code": "S-9", "name": "A summit", "kind": "leaders", "starts_on": "2024-01-01"},
    "summitseries": {"name": "A series", "slug": "a-series"},
    "user": {"username": "newcomer", "password1": "a-long-password-1", "password2": "a-long-password-1"},
}
# Their forms are pages of their own, in WRITES: a development is logged, an import begins with a file.
ELSEWHERE = {"development", "import", "suggestion"}
NOT_COUNTED = {"formkey", "session"}


class Twice(Client):
    """A browser whose every form is sent twice."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        # Forms that a test fills by hand have a key on their page, too: see below.
        data = {once.FIELD: secrets.token_urlsafe(9), **(data or {})}
        again = copy.deepcopy(data)
        first = super().post(path, data, *args, **kwargs)
        second = super().post(path, again, *args, **kwargs)
        if first.status_code == 302:
            assert second.status_code == 302
            assert second["Location"] == first["Location"]
        return second


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.model_name not in NOT_COUNTED
    }


def after(world: World, what: str, client: Client) -> dict[str, int]:
    """The tables' rows after a write, which is then undone."""
    found: dict[str, int] = {}
    try:
        with transaction.atomic():
            log_in(client, world.ruler)
            WRITES[what][1](Desk(world, client))
            found = rows()
            raise Undo
    except Undo:
        pass
    return found


class Undo(Exception):
    pass


@pytest.mark.django_db
def test_every_write_of_the_admin_sent_twice_is_done_once() -> None:
    world = World()
    before = rows()
    different = {}

    for what in WRITES:
        found, twice = after(world, what, Client()), after(world, what, Twice())
        # A file is captured as often as that is asked: it waits for another machine, and so holds no key.
        if twice != found and what != "capture a source":
            different[what] = {label: (found[label], twice[label]) for label in found if found[label] != twice[label]}

    assert rows() == before
    assert different == {}


@pytest.mark.django_db
def test_every_form_of_a_new_record_sent_twice_makes_one() -> None:
    ruler = make_user("ruler", is_superuser=True)
    summit = make_summit("S-1")
    desk = Twice()
    log_in(desk, ruler)
    request = HttpRequest()
    request.user = ruler
    nouns = {
        str(model._meta.model_name): model
        for model, its_admin in admin.site._registry.items()
        if model._meta.app_label == "commitments" and its_admin.has_add_permission(request)
    }
    made = {}

    for noun in nouns.keys() - ELSEWHERE:
        page = desk.get(reverse(f"admin:commitments_{noun}_add"))
        with transaction.atomic():
            typed = {**filled(page, summit=str(summit.pk), **ADDED[noun]), "_save": "1"}
            before = nouns[noun]._base_manager.count()
            response = desk.post(reverse(f"admin:commitments_{noun}_add"), typed)
            made[noun] = (response.status_code, nouns[noun]._base_manager.count() - before)

    assert made == dict.fromkeys(nouns.keys() - ELSEWHERE, (302, 1))


def test_a_form_without_its_key_would_make_two(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_digest", lambda request: None)
    address = reverse("admin:commitments_document_add")
    typed = filled(desk.get(address), **ADDED["document"])

    for _click in range(2):
        assert desk.post(address, typed).status_code == 302

    assert Document.objects.filter(title="New").count() == 2


def test_what_is_changed_before_it_is_sent_again_is_no_retry(desk: Client) -> None:
    address = reverse("admin:commitments_document_add")
    typed = filled(desk.get(address), **ADDED["document"])

    desk.post(address, typed)
    desk.post(address, {**typed, "title": "Newer"})

    assert set(Document.objects.values_list("title", flat=True)) == {"New", "Newer"}


def test_what_was_refused_may_be_sent_again(desk: Client) -> None:
    address = reverse("admin:commitments_document_add")
    refused = {**filled(desk.get(address), **ADDED["document"]), "title": ""}

    assert [desk.post(address, refused).status_code for _click in range(2)] == [200, 200]
    assert not FormKey.objects.exists()


def test_in_a_window_of_its_own_too(desk: Client) -> None:
    address = reverse("admin:commitments_document_add") + "?_popup=1"
    typed = {**filled(desk.get(address), **ADDED["document"]), "_popup": "1"}

    first, second = (desk.post(address, typed) for _click in range(2))

    document = Document.objects.get(title="New")
    assert first.status_code == 200
    assert second["Location"] == url("document", "change", document.pk)


def test_the_second_is_told(desk: Client) -> None:
    address = reverse("admin:commitments_document_add")
    typed = filled(desk.get(address), **ADDED["document"])
    desk.post(address, typed)

    assert "This form was sent twice" in Markup.of(desk.post(address, typed, follow=True)).words


def test_a_file_given_twice_is_one_import(desk: Client) -> None:
    address = reverse("admin:commitments_import_add")
    key = filled(desk.get(address))[once.FIELD]

    def give() -> Any:
        file = SimpleUploadedFile("parties.csv", b"slug,kind,name\nx,bloc,X\n")
        return desk.post(address, {once.FIELD: key, "kind": "parties", "file": file})

    assert give()["Location"] == give()["Location"]


def test_another_file_of_the_same_name_and_length_is_another_import(desk: Client) -> None:
    address = reverse("admin:commitments_import_add")
    key = filled(desk.get(address))[once.FIELD]

    for content in (b"slug,kind,name\nx,bloc,Fumd\n", b"slug,kind,name\nx,bloc,Fund\n"):
        file = SimpleUploadedFile("parties.csv", content)
        desk.post(address, {once.FIELD: key, "kind": "parties", "file": file})

    assert [bytes(one.content)[-5:-1] for one in Import.objects.order_by("pk")] == [b"Fumd", b"Fund"]


@pytest.mark.django_db
def test_keys_go_after_a_week(editor: User) -> None:
    old, _is_first = form_keys.claim(digest="a" * 64)
    form_keys.claim(digest="b" * 64, at=old.used_at + form_keys.KEPT_FOR * 2)

    assert [key.digest for key in FormKey.objects.all()] == ["b" * 64]


@pytest.mark.django_db
def test_every_form_of_every_page_has_a_key() -> None:
    pages = make_world()
    ruler = logged_in(make_user("ruler", is_superuser=True))
    without, forms = [], 0

    for address in {address for addresses in pages.values() for address in addresses}:
        page = Markup.of(ruler.get(address))
        found = len(page.all("form", method="post"))
        forms += found
        if found != len(page.all("input", name=once.FIELD)):
            without.append(address)

    assert forms > 30
    assert without == []


@pytest.mark.django_db(transaction=True)
def test_sent_at_the_same_time_it_is_done_once() -> None:
    editor = make_editor("aida")
    address = reverse("admin:commitments_document_add")
    typed = filled(logged_in(editor).get(address), **ADDED["document"])
    clients = [logged_in(editor) for _click in range(4)]
    start = threading.Barrier(len(clients), timeout=20)

    def send(client: Client) -> Any:
        try:
            start.wait()
            return client.post(address, typed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as threads:
        answers = list(threads.map(send, clients))

    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer["Location"] for answer in answers}) == 1
    assert Document.objects.filter(title="New").count() == 1
