"""Every form of the admin that changes something tells the second of two editors, and shows both texts."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from commitments.admin.opened import OpenedAdmin
from commitments.models import Sector
from tests.admin.cast import filled, logged_in
from tests.admin.world import World
from tests.factories import make_user
from tests.markup import Markup

THEIRS, MINE = "Their words", "My words"
# A field of each form that both change: every noun whose rows can be changed has a line.
FIELDS = {
    "commitment": "title",
    "development": "summary",
    "document": "title",
    "group": "name",
    "party": "name",
    "sdgtarget": "",
    "sector": "name",
    "statusword": "status",
    "summit": "name",
    "summitseries": "name",
    "user": "first_name",
}
CHOSEN = {"statusword": ("stalled", "withdrawn")}
# A target of the SDGs has its code alone, which is fixed.
NOTHING_TO_CHANGE = {"sdgtarget"}


def changed() -> dict[str, Model]:
    """A row of every noun that somebody may change in a form of its own."""
    world = World()
    rows = {
        "commitment": world.unpublished,
        "development": world.draft,
        "document": world.document,
        "group": Group.objects.create(name="Some group"),
        "party": world.party,
        "sdgtarget": world.target,
        "sector": world.sector,
        "statusword": world.word,
        "summit": world.summit,
        "summitseries": world.summit.series,
        "user": world.user,
    }
    request = HttpRequest()
    request.user = world.ruler
    nouns = {
        str(model._meta.model_name)
        for model, its_admin in admin.site._registry.items()
        if its_admin.has_change_permission(request)
    }
    # Suggestions and imports are decided on, once: `tests/actions`.
    assert nouns - {"suggestion", "import"} == rows.keys() == FIELDS.keys()
    return {noun: row for noun, row in rows.items() if row is not None}


def silent(rows: dict[str, Model], first: Client, second: Client) -> list[str]:
    """The nouns in whose forms the second one writes over the first one unsaid, or loses what was typed."""
    found = []
    for noun, row in rows.items():
        field = FIELDS[noun]
        if noun in NOTHING_TO_CHANGE:
            continue
        theirs, mine = CHOSEN.get(noun, (THEIRS, MINE))
        address = reverse(f"admin:{row._meta.app_label}_{noun}_change", args=[row.pk])
        typed = {"reason": "Clearer"} if noun == "commitment" else {}
        opened = filled(second.get(address), **{field: mine}, **typed)
        before = filled(first.get(address), **{field: theirs}, **typed)
        assert first.post(address, {**before, "_save": "1"}).status_code == 302, noun

        answer = second.post(address, {**opened, "_save": "1"})

        row.refresh_from_db()
        is_told = answer.status_code == 200 and "Somebody else saved" in Markup.of(answer).words
        if getattr(row, field) != theirs or not is_told or not shows(answer, field, mine):
            found.append(noun)
            continue
        # Having read both, the second one saves again.
        assert second.post(address, {**filled(answer), "_save": "1"}).status_code == 302, noun
        row.refresh_from_db()
        assert getattr(row, field) == mine
    return found


def shows(answer: Any, field: str, mine: str) -> bool:
    """Whether the form that came back has what was typed, beside what the other saved."""
    return mine in str(filled(answer)[field]) and "differences" in answer.content.decode()


@pytest.mark.django_db
def test_no_form_of_the_admin_writes_over_another_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = changed()
    first, second = (logged_in(make_user(name, is_superuser=True)) for name in ("first", "second"))

    assert silent(rows, first, second) == []

    # A form that does not look is found out.
    monkeypatch.setattr(OpenedAdmin, "_merge_if_stale", lambda *args: [])
    Sector.objects.update(name="As before")
    assert silent({"sector": rows["sector"]}, first, second) == ["sector"]


@pytest.mark.django_db
def test_a_form_holds_no_hash_of_a_password() -> None:
    world = World()
    world.user.set_password("a-long-password-1")
    world.user.save()
    opened = filled(logged_in(world.ruler).get(reverse("admin:commitments_user_change", args=[world.user.pk])))

    assert "first_name" in str(opened["opened_with"])
    assert world.user.password not in str(opened)
    assert "password" not in str(opened["opened_with"])
