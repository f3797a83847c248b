"""A disk that is full, or that does not keep what is written, is said; nothing is acknowledged that is not kept."""

from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse

from commitments import not_saved, once
from commitments.models import Document, FormKey
from commitments.templatetags.form_keys import new_key
from tests.admin.cast import filled, logged_in, make_editor
from tests.markup import Markup

TYPED = {"title": "A title to keep", "publisher": "P", "kind": "news_report", "source_kind": "secondary"}
MOST_WRITES = 300


class Full(Exception):
    """As PostgreSQL's driver says it."""

    sqlstate = "53100"


def _typed(opened: dict[str, Any], number: int) -> dict[str, Any]:
    """The form once more, as if opened anew."""
    return {**opened, once.FIELD: new_key(), "title": f"Title {number}", "publisher": "P" * 200}


# A table of PostgreSQL cannot be kept small: its answer is planted below.
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost() -> None:
    desk = logged_in(make_editor())
    address = reverse("admin:commitments_document_add")
    opened = filled(desk.get(address), **TYPED)
    with connection.cursor() as cursor:
        # As a disk on which hardly a page is left, nor in the file: what other tests wrote and deleted left some.
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    kept = 0
    typed = _typed(opened, kept)
    while (response := desk.post(address, typed)).status_code == 302 and kept < MOST_WRITES:
        kept += 1
        typed = _typed(opened, kept)

    page = Markup.of(response)
    assert response.status_code == 507
    assert response["Retry-After"]
    assert "The disk is full" in page.words
    assert f"Title {kept}" in page.words
    # What was acknowledged is there, and nothing else.
    assert sorted(Document.objects.values_list("title", flat=True)) == sorted(f"Title {n}" for n in range(kept))
    assert FormKey.objects.count() == kept

    # There is room again: the same form, sent again, is taken.
    connections["default"].close()
    assert desk.post(address, typed).status_code == 302
    assert Document.objects.filter(title=f"Title {kept}").count() == 1


@pytest.mark.parametrize("said", ["database or disk is full", "disk I/O error", ""])
@pytest.mark.django_db
def test_whatever_the_disk_says_it_is_no_success(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError(said) from (None if said else Full())

    monkeypatch.setattr("commitments.actions.shared_records.save", fail)
    desk = logged_in(make_editor())
    address = reverse("admin:commitments_document_add")

    response = desk.post(address, filled(desk.get(address), **TYPED))

    assert response.status_code == 507
    assert "A title to keep" in Markup.of(response).words
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_another_fault_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("no such column")

    monkeypatch.setattr("commitments.actions.shared_records.save", fail)
    desk = logged_in(make_editor())
    desk.raise_request_exception = False
    address = reverse("admin:commitments_document_add")

    assert desk.post(address, filled(desk.get(address), **TYPED)).status_code == 500


def test_secrets_are_not_shown_back(rf: Any) -> None:
    request = rf.post("/", {"password": "hunter2", "_form_key": "k", "csrfmiddlewaretoken": "t", "title": "Words"})

    assert not_saved.typed(request) == [("title", "Words")]
