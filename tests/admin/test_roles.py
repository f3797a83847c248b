"""Who may do what: every role, staff without one and strangers, at every address of the admin.

An address of the admin that has no row in `TABLE` fails `test_every_address_of_the_admin_has_a_row`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from commitments import roles
from commitments.models import Document, Remit, User
from commitments.roles import RIGHTS, DeskRole
from tests.admin.cast import filled
from tests.admin.world import EVERYBODY, STAFF, STRANGER, World, browser_of
from tests.factories import make_commitment, make_country

C, E, R, A = DeskRole
READERS = (C, E, R, A)
DRAFTERS = (C, E, R)
EDITORS = (E, R)
IMPORTS_READERS = (E, R, A)
STAFF_AND_ROLES = (STAFF, *READERS)
NOBODY: tuple[str, ...] = ()

type Who = tuple[str, ...]
type Args = Callable[[World], list[Any]]


def _none(world: World) -> list[Any]:
    return []


# By name of the address: its arguments, who may read it, and who may post to it. Where nobody may, that is tried too.
TABLE: dict[str, tuple[Args, Who, Who]] = {
    "index": (_none, STAFF_AND_ROLES, STAFF_AND_ROLES),
    "password_change": (_none, STAFF_AND_ROLES, STAFF_AND_ROLES),
    "password_change_done": (_none, STAFF_AND_ROLES, NOBODY),
    "jsi18n": (_none, STAFF_AND_ROLES, NOBODY),
    "gallery": (_none, READERS, NOBODY),
    "view_on_site": (lambda world: [world.content_type(), world.commitment.pk], READERS, READERS),
    "app_list": (lambda world: ["commitments"], READERS, READERS),
    "commitments_commitment_log": (lambda world: [world.commitment.pk], DRAFTERS, DRAFTERS),
    "commitments_commitment_check": (lambda world: [world.commitment.pk], EDITORS, EDITORS),
    "commitments_commitment_check_from_desk": (lambda world: [world.commitment.pk], NOBODY, EDITORS),
    "commitments_commitment_close": (lambda world: [world.commitment.pk], EDITORS, EDITORS),
    "commitments_commitment_retract": (lambda world: [world.commitment.pk], (R,), (R,)),
    "commitments_commitment_merge": (lambda world: [world.commitment.pk], EDITORS, EDITORS),
    "commitments_commitment_split": (lambda world: [world.commitment.pk], EDITORS, EDITORS),
    "commitments_commitment_duplicates": (_none, EDITORS, NOBODY),
    # It must name another commitment: see WRITES.
    "commitments_commitment_distinct": (lambda world: [world.commitment.pk], NOBODY, NOBODY),
    "commitments_commitment_assessments": (_none, EDITORS, NOBODY),
    "commitments_commitment_assess": (lambda world: [world.commitment.pk], EDITORS, EDITORS),
    "commitments_commitment_undo_merge": (lambda world: [world.merge.pk], EDITORS, EDITORS),
    "commitments_development_changelist": (_none, READERS, READERS),
    "commitments_development_add": (_none, NOBODY, NOBODY),
    "commitments_development_log": (_none, DRAFTERS, DRAFTERS),
    "commitments_development_change": (lambda world: [world.draft.pk], READERS, DRAFTERS),
    "commitments_development_history": (lambda world: [world.draft.pk], READERS, READERS),
    "commitments_development_delete": (lambda world: [world.draft.pk], DRAFTERS, DRAFTERS),
    "commitments_development_correct": (lambda world: [world.published.pk], DRAFTERS, DRAFTERS),
    "commitments_development_review": (lambda world: [world.waiting.pk], (R,), NOBODY),
    "commitments_document_read": (lambda world: [world.document.pk], EDITORS, EDITORS),
    "commitments_document_sentences": (lambda world: [world.document.pk], EDITORS, EDITORS),
    "commitments_document_finish": (lambda world: [world.document.pk], EDITORS, EDITORS),
    "commitments_document_capture": (lambda world: [world.document.pk], NOBODY, EDITORS),
    "commitments_document_warc": (lambda world: [world.document.pk, world.capture().pk], EDITORS, NOBODY),
    "commitments_party_abolition": (lambda world: [world.party.pk], EDITORS, EDITORS),
    "commitments_suggestion_changelist": (_none, READERS, READERS),
    "commitments_suggestion_add": (_none, NOBODY, NOBODY),
    # Without a decision, to post is to read. Who may decide: tests/admin/test_suggestions.py.
    "commitments_suggestion_change": (lambda world: [world.suggestion.pk], READERS, READERS),
    "commitments_suggestion_delete": (lambda world: [world.suggestion.pk], NOBODY, NOBODY),
    "commitments_suggestion_history": (lambda world: [world.suggestion.pk], READERS, READERS),
    "commitments_import_changelist": (_none, IMPORTS_READERS, IMPORTS_READERS),
    "commitments_import_add": (_none, EDITORS, EDITORS),
    # Without a decision, to post is to read. Who may decide: tests/admin/test_writes.py.
    "commitments_import_change": (lambda world: [world.upload.pk], IMPORTS_READERS, EDITORS),
    "commitments_import_delete": (lambda world: [world.upload.pk], NOBODY, NOBODY),
    "commitments_import_history": (lambda world: [world.upload.pk], IMPORTS_READERS, IMPORTS_READERS),
    "commitments_import_problems": (lambda world: [world.upload.pk], IMPORTS_READERS, NOBODY),
    "commitments_import_template": (lambda world: ["parties", "csv"], IMPORTS_READERS, NOBODY),
    "commitments_statusword_changelist": (_none, IMPORTS_READERS, IMPORTS_READERS),
    "commitments_statusword_add": (_none, IMPORTS_READERS, IMPORTS_READERS),
    "commitments_statusword_change": (lambda world: [world.word.pk], IMPORTS_READERS, IMPORTS_READERS),
    "commitments_statusword_delete": (lambda world: [world.word.pk], NOBODY, NOBODY),
    "commitments_statusword_history": (lambda world: [world.word.pk], IMPORTS_READERS, NOBODY),
    "commitments_statusword_simple_history": (
        lambda world: [world.word.pk, world.word.history.latest().history_id],
        IMPORTS_READERS,
        NOBODY,
    ),
    "commitments_user_sessions": (lambda world: [world.user.pk], (A,), (A,)),
    "auth_user_password_change": (lambda world: [world.user.pk], (A,), (A,)),
}
_KEYS: dict[str, Args] = {
    "commitment": lambda world: [world.commitment.pk],
    "document": lambda world: [world.document.pk],
    "party": lambda world: [world.party.pk],
    "summit": lambda world: [world.summit.pk],
    "summitseries": lambda world: [world.summit.series_id],
    "sector": lambda world: [world.sector.pk],
    "sdgtarget": lambda world: [world.target.pk],
    "user": lambda world: [world.user.pk],
}
_RECORDS = ("commitment", "document", "party", "summit", "summitseries")


def _history(noun: str) -> Args:
    return lambda world: world.history_of(noun)


for _noun, _args in _KEYS.items():
    _readers: Who
    _writers: Who
    _readers, _writers = (READERS, EDITORS) if _noun in _RECORDS else (READERS, (A,))
    if _noun == "user":
        _readers = (A,)
    _adders = DRAFTERS if _noun == "document" else _writers
    _name = f"commitments_{_noun}"
    TABLE[f"{_name}_changelist"] = (_none, _readers, _readers)
    TABLE[f"{_name}_add"] = (_none, _adders, _adders)
    TABLE[f"{_name}_change"] = (_args, _readers, _writers)
    TABLE[f"{_name}_delete"] = (_args, NOBODY, NOBODY)
    # The history of a record with versions is only read.
    TABLE[f"{_name}_history"] = (_args, _readers, NOBODY if _noun in _RECORDS else _readers)
    if _noun in _RECORDS:
        TABLE[f"{_name}_simple_history"] = (_history(_noun), _readers, NOBODY)
        TABLE[f"{_name}_revert"] = (_history(_noun), _writers, _writers)
for _page in ("changelist", "add"):
    TABLE[f"auth_group_{_page}"] = (_none, NOBODY, NOBODY)
for _page in ("change", "delete", "history"):
    TABLE[f"auth_group_{_page}"] = (lambda world: [Group.objects.earliest("pk").pk], NOBODY, NOBODY)

# Open to strangers, who log in there; and asked with parameters, below.
ELSEWHERE = {"login", "logout", "autocomplete", "autosave", "autosave_discard"}


def addresses(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_of_the_admin_has_a_row() -> None:
    patterns = list(addresses(admin.site.get_urls()))

    assert {pattern.name for pattern in patterns if pattern.name} == TABLE.keys() | ELSEWHERE
    # What has no name shows nothing: it leads from an old address to a new one, or says that there is no such page.
    unnamed = {pattern.callback.__name__ for pattern in patterns if not pattern.name}
    assert unnamed <= {"RedirectView", "view", "catch_all_view", "guarded", "inner"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_is_open_to_those_in_its_row_and_to_nobody_else(who: str) -> None:
    world, client = World(), browser_of(who)
    wrong = []
    for name, (args, readers, posters) in TABLE.items():
        address = reverse(f"admin:{name}", args=args(world))
        for method, allowed in (("get", readers), ("post", posters)):
            if name == "commitments_development_review" and method == "post":
                continue  # Without a decision it is a bad request: see WRITES.
            found = _answer(client, method, address)
            expected = "let in" if who in allowed else "asked to log in" if who == STRANGER else "refused"
            if found != expected:
                wrong.append((name, method, found, expected))

    assert wrong == []


def _answer(client: Client, method: str, address: str, data: dict[str, str] | None = None) -> str:
    response = getattr(client, method)(address, data)
    if response.status_code in (403, 404, 405):
        return "refused"
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "asked to log in"
    return "let in" if response.status_code in (200, 302) else str(response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_records_are_searched_for_by_those_who_may_read_them(who: str) -> None:
    query = {"app_label": "commitments", "model_name": "commitmentparty", "field_name": "party", "term": "Kaz"}
    World()

    status = browser_of(who).get(reverse("admin:autocomplete"), query).status_code

    assert status == (200 if who in READERS else 302 if who == STRANGER else 403)


@pytest.mark.django_db
@pytest.mark.parametrize("who", DRAFTERS)
def test_a_sentence_is_published_with_its_source_by_editors_only(who: str) -> None:
    commitment = make_commitment("RAIL-1")
    address = reverse("admin:commitments_document_add", query={"plain": ""})
    client, source = browser_of(who), {"title": "A speech", "publisher": "The Gazette", "kind": "speech"}
    row = {"paragraph": "1", "sentence": "1", "classification": "commitment", "summary": "They will build."}
    row |= {"reason": "They said so.", "commitment": str(commitment.pk)}
    typed = {**source, "source_kind": "primary", **{f"passages__0__{name}": text for name, text in row.items()}}

    response = client.post(address, filled(client.get(address), **{"passages__TOTAL_FORMS": "1", **typed}))

    assert response.status_code == 302
    document = Document.objects.get(title="A speech")
    assert document.passages.count() == (1 if who in EDITORS else 0)
    assert Client().get(document.get_absolute_url()).status_code == (200 if who in EDITORS else 404)


# --- remits -----------------------------------------------------------------------------------------------------------

NAMES_A_COMMITMENT = ("commitments_commitment_", "commitments_development_", "commitments_suggestion_", "view_on_site")
# What the public reads of a commitment anyway.
READABLE_ANYWHERE = {
    "view_on_site",
    "commitments_commitment_change",
    "commitments_commitment_history",
    "commitments_commitment_simple_history",
}


@pytest.mark.django_db
@pytest.mark.parametrize("alpha2", ["KZ", "UZ"])
def test_a_contributor_with_a_remit_writes_within_it_and_reads_drafts_nowhere_else(alpha2: str) -> None:
    world, client = World(), browser_of(C)
    # All that the world promises is Kazakhstan's.
    Remit.objects.create(user=User.objects.get(username=C)).parties.add(make_country(alpha2))
    wrong = []
    for name, (args, readers, posters) in TABLE.items():
        if not (name.startswith(NAMES_A_COMMITMENT) and args(world)):
            continue
        for method, allowed in (("get", readers), ("post", posters)):
            is_open = alpha2 == "KZ" or name in READABLE_ANYWHERE
            found = _answer(client, method, reverse(f"admin:{name}", args=args(world)))
            expected = "let in" if C in allowed and is_open else "refused"
            if found != expected:
                wrong.append((name, method, found, expected))

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", ["autosave", "autosave_discard"])
def test_what_is_typed_is_kept_for_those_who_have_a_role(who: str, name: str) -> None:
    typed = {"_address": reverse("admin:index"), "summary": "They met."}

    found = _answer(browser_of(who), "post", reverse(f"admin:{name}"), typed)

    assert found == ("let in" if who in READERS else "asked to log in" if who == STRANGER else "refused")


# --- the groups -------------------------------------------------------------------------------------------------------


def rights(role: DeskRole) -> set[str]:
    user = User.objects.create(username=f"one-{role}")
    user.groups.add(Group.objects.get(name=role.value))
    return user.get_all_permissions()


def assert_exact() -> None:
    for role in DeskRole:
        assert rights(role) == {f"commitments.{name}" for name in RIGHTS[role]}, role


@pytest.mark.django_db
def test_after_migrate_every_role_has_exactly_its_rights() -> None:
    assert_exact()


@pytest.mark.django_db
def test_a_right_given_to_a_group_by_hand_is_taken_back() -> None:
    group = Group.objects.get(name="contributor")
    group.permissions.add(Permission.objects.get(codename="retract_commitment"))

    roles.install("default")

    assert_exact()


@pytest.mark.django_db(transaction=True)
def test_after_a_flush_every_role_has_exactly_its_rights() -> None:
    call_command("flush", interactive=False, verbosity=0)

    assert_exact()
