"""The pages of imports: a file is given, looked at, its words are given meanings, it is confirmed or discarded."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.actions import imports as import_actions
from commitments.codelists import ImportKind, ImportState, Status
from commitments.imports.files.kinds import RESOURCES
from commitments.models import Development, Document, Import, Party, StatusWord, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_editor, make_member
from tests.factories import make_commitment, make_country, make_document, make_party, make_user
from tests.markup import Markup, body

pytestmark = pytest.mark.django_db

ADD = "/admin/commitments/import/add/"
PARTIES = b"slug,kind,name\nport-fund,institution,Port Fund\n"


def give(desk: Client, content: bytes, kind: ImportKind = ImportKind.PARTIES, address: str = ADD, **typed: str) -> Any:
    """Give a file; the page that comes of it."""
    file = SimpleUploadedFile("things.csv", content)
    return desk.post(address, {"kind": kind.value, "file": file, **typed}, follow=True)


def waiting(by: User, content: bytes = PARTIES, kind: ImportKind = ImportKind.PARTIES) -> Import:
    return import_actions.give(by=by, kind=kind, file_name="things.csv", content=content)


def change(upload: Import) -> str:
    return url("import", "change", upload.pk)


def confirm(desk: Client, upload: Import, page: HttpResponseBase, **changes: str) -> Any:
    return desk.post(change(upload), {**filled(page), "decision": "confirm", **changes}, follow=True)


def counts(page: HttpResponseBase) -> tuple[str, str, str]:
    """How many are new, changed and as before."""
    marks = {name: value for element in Markup.of(page).elements for name, value in element.attributes.items()}
    return marks["data-created"], marks["data-changed"], marks["data-unchanged"]


def on_the_desk(desk: Client) -> dict[str, list[str]]:
    """The files of each list that the desk counts, which hold as many as it says."""
    links = [one.attributes for one in Markup.of(desk.get("/admin/")).all("a") if "data-figure" in one.attributes]
    found = {}
    for link in links:
        if link["data-figure"].startswith("imports"):
            listed = desk.get(link["href"]).context["cl"].result_list
            found[link["data-figure"]] = sorted(str(upload) for upload in listed)
            assert len(listed) == int(link["data-count"])
    return found


def words(page: HttpResponseBase) -> str:
    return " ".join(Markup.of(page).words.split())


def test_a_file_is_given_looked_at_and_confirmed(desk: Client, editor: User) -> None:
    page = give(desk, PARTIES)

    assert counts(page) == ("1", "0", "0")
    assert not Party.objects.exists()
    upload = Import.objects.get()
    assert (upload.state, upload.rows, upload.faults, upload.by) == (ImportState.WAITING, 1, 0, editor)

    page = confirm(desk, upload, page)

    assert "Imported: 1 created, 0 changed." in words(page)
    assert Party.objects.get().name == "Port Fund"
    upload.refresh_from_db()
    assert (upload.state, upload.decided_by, bytes(upload.content)) == (ImportState.DONE, editor, b"")
    assert counts(page) == ("1", "0", "0")

    again = give(desk, PARTIES)
    assert counts(again) == ("0", "0", "1")
    assert "There is nothing to change" in words(again)
    assert "Confirm" not in words(again)


def test_changes_are_shown_field_by_field_and_need_a_reason(desk: Client) -> None:
    make_party("Port Fund")
    page = give(desk, b"slug,kind,name,note\nport-fund,institution,The Port Fund,\n")
    upload = Import.objects.get()

    assert counts(page) == ("0", "1", "0")
    assert [element.text.strip() for element in Markup.of(page).all("del")] == ["Port Fund"]
    assert [element.text.strip() for element in Markup.of(page).all("ins")] == ["The Port Fund"]

    refused = confirm(desk, upload, page, reason=" ")
    assert "This field is required" in words(refused)
    assert Party.objects.get().name == "Port Fund"

    confirm(desk, upload, page, reason="Renamed in May")
    assert Party.history.latest().history_change_reason == "Renamed in May"


def test_every_problem_is_listed_and_comes_as_csv(desk: Client) -> None:
    page = give(desk, b"slug;kind;name;successor\nbad slug;nonsense;=1+1;nobody\n;bloc;#REF!;\n")
    upload = Import.objects.get()

    rows = list(csv.reader(io.StringIO(body(desk.get(url("import", "problems", upload.pk))).removeprefix("\ufeff"))))
    assert [row[:3] for row in rows[1:]] == [
        ["2", "slug", "bad slug"],
        ["2", "kind", "nonsense"],
        ["2", "name", "'=1+1"],
        ["2", "successor", "nobody"],
        ["3", "slug", ""],
        ["3", "name", "#REF!"],
    ]
    assert upload.faults == 6
    assert "6 problems" in words(page)
    assert "Columns are separated by semicolons." in words(page)
    assert "Confirm" not in words(page)


def test_the_mended_file_takes_the_place_of_the_other(desk: Client) -> None:
    give(desk, b"slug,kind,name\nport-fund,nonsense,Port Fund\n")
    first = Import.objects.get()

    page = give(desk, PARTIES, address=f"{ADD}?kind=parties&instead={first.pk}")

    first.refresh_from_db()
    assert first.state == ImportState.DISCARDED
    assert counts(page) == ("1", "0", "0")


@pytest.mark.parametrize("instead", ["x", "0", "9" * 30, "²"])
def test_an_import_that_is_not_there_takes_nothings_place(desk: Client, instead: str) -> None:
    assert desk.get(ADD, {"instead": instead}).status_code == 200


def test_long_lists_are_cut_and_counts_are_whole(desk: Client) -> None:
    good = "".join(f"fund-{place},institution,Fund\n" for place in range(60))
    bad = "".join(f"bad-{place},nonsense,Fund\n" for place in range(120))

    page = give(desk, f"slug,kind,name\n{good}{bad}".encode())

    assert counts(page) == ("60", "0", "0")
    assert "120 problems" in words(page)
    assert "The first 50 are shown." in words(page)
    assert "The first 100 are shown." in words(page)


def test_what_was_not_shown_is_not_written_and_is_shown(desk: Client) -> None:
    page = give(desk, PARTIES)
    make_party("Port Fund", note="Somebody else made it.")

    page = confirm(desk, Import.objects.get(), page)

    assert "The record has changed since" in words(page)
    assert counts(page) == ("0", "0", "1")
    assert Party.objects.get().note == "Somebody else made it."
    assert Import.objects.get().state == ImportState.WAITING
    # It would change nothing by now: nothing is left to confirm.
    assert on_the_desk(desk) == {"imports": [], "imports_to_mend": []}


def test_of_two_confirmations_one_succeeds(desk: Client) -> None:
    page = give(desk, PARTIES)
    upload = Import.objects.get()
    other_window = desk.get(url("import", "change", upload.pk))
    confirm(desk, upload, page)

    second = confirm(desk, upload, other_window)

    assert "meanwhile" in words(second)
    assert Party.objects.count() == 1


def test_what_is_refused_at_the_last_moment_is_shown(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_document("Old", url="https://gazette.example/rail")
    content = (
        b"url,title,publisher,kind,source_kind\nhttps://gazette.example/rail,Rail,The Gazette,news_report,secondary\n"
    )
    page = give(desk, content, ImportKind.DOCUMENTS)
    resource = RESOURCES[ImportKind.DOCUMENTS]
    find = resource.find

    def find_and_lose(self: Any, keys: Any) -> Any:
        found = list(find(self, keys))
        Document.objects.update(version=9)
        return iter(found)

    monkeypatch.setattr(resource, "find", find_and_lose)
    page = confirm(desk, Import.objects.get(), page)

    assert "Nothing was written: see what stands in the way." in words(page)
    assert "Somebody else saved this record" in words(page)


def test_a_file_is_discarded(desk: Client, editor: User) -> None:
    upload = waiting(editor)

    page = desk.post(change(upload), {"decision": "discard"}, follow=True)

    assert "Nothing of it was written." in words(page)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (ImportState.DISCARDED, b"")
    assert "meanwhile" in words(desk.post(change(upload), {"decision": "discard"}, follow=True))


def test_foreign_words_are_given_meanings_that_stay(desk: Client) -> None:
    make_commitment("RAIL-1")
    content = (
        b"commitment,happened,summary,status\nRAIL-1,2024-02,Laid.,Compromise\nRAIL-1,2024-03,Cut.,promise broken\n"
    )
    page = give(desk, content, ImportKind.DEVELOPMENTS)
    upload = Import.objects.get()
    values = filled(page)
    assert (values["words-0"], values["words-1"]) == (["partially_delivered"], [""])
    assert not StatusWord.objects.exists()

    # One is left open: it is asked about again.
    page = desk.post(change(upload), {**values, "decision": "meanings"}, follow=True)
    assert StatusWord.objects.get().status == Status.PARTIALLY_DELIVERED
    upload.refresh_from_db()
    assert upload.faults == 1
    assert on_the_desk(desk) == {"imports": [], "imports_to_mend": ["things.csv"]}
    page = desk.post(change(upload), {**filled(page), "decision": "meanings", "words-0": "not_delivered"}, follow=True)
    assert on_the_desk(desk) == {"imports": ["things.csv"], "imports_to_mend": []}
    confirm(desk, upload, page)

    assert sorted(Development.objects.values_list("status", flat=True)) == ["not_delivered", "partially_delivered"]
    assert not Development.objects.published().exists()
    assert "Foreign words" not in words(give(desk, content, ImportKind.DEVELOPMENTS))


def test_meanings_that_nobody_chose_change_nothing(desk: Client, editor: User) -> None:
    make_commitment("RAIL-1")
    content = b"commitment,happened,summary,status\nRAIL-1,2024-02,Laid.,promise broken\n"
    upload = waiting(editor, content, ImportKind.DEVELOPMENTS)

    for posted in ({}, {"words-0": "nonsense", "words-0-word": "promise broken"}, {"words-0": "stalled"}):
        page = desk.post(change(upload), {"decision": "meanings", **posted}, follow=True)
        assert "No meaning was chosen" in words(page)
    assert not StatusWord.objects.exists()


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"kind": "parties"}, "This field is required"),
        ({"kind": "summits", "file": SimpleUploadedFile("x.csv", b"a")}, "Select a valid choice"),
        ({"kind": "parties", "file": SimpleUploadedFile("x.csv", b"")}, "empty"),
        ({"kind": "parties", "file": SimpleUploadedFile("x.csv", b"a"), "sheet": "s" * 32}, "at most 31"),
    ],
)
def test_what_is_no_file_is_refused_on_the_form(desk: Client, posted: dict[str, Any], said: str) -> None:
    page = desk.post(ADD, posted)

    assert said in words(page)
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk: Client) -> None:
    page = give(desk, b"x" * (10 * 1024 * 1024 + 1))

    assert "larger than 10 MB" in words(page)
    assert not Import.objects.exists()


def test_any_bytes_are_an_answer(desk: Client) -> None:
    for content in (
        b"\x00" * 20,
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        b"slug,kind,name\n\x00,\x01,\x02\n",
        b'"',
        b",,,\n,,,\n",
    ):
        page = give(desk, content)
        assert page.status_code == 200
        assert "problem" in words(page), content


def test_templates_are_downloaded(desk: Client) -> None:
    for extension, kind in (("csv", "text/csv"), ("xlsx", "spreadsheetml")):
        response = desk.get(reverse("admin:commitments_import_template", args=["developments", extension]))
        assert kind in response["Content-Type"]
        assert response["Content-Disposition"] == f'attachment; filename="developments.{extension}"'
    for name in ("summits.csv", "parties.exe"):
        assert desk.get(f"/admin/commitments/import/templates/{name}").status_code == 404


def test_the_page_documents_the_columns_of_every_kind(desk: Client) -> None:
    page = words(desk.get(ADD))

    for kind in RESOURCES:
        for name in RESOURCES[kind]().fields:
            assert name in page


def test_only_what_one_may_add_and_change_is_imported() -> None:
    user = make_user("half")
    for codename in ("view_commitment", "view_import", "add_import", "change_import", "add_party", "change_party"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    half = logged_in(user)
    other = waiting(make_editor("boris"), b"url\n", ImportKind.DOCUMENTS)

    assert filled(half.get(ADD))["kind"] == ["parties"]
    assert "Discard" not in words(half.get(change(other)))
    assert half.post(change(other), {"decision": "discard"}).status_code == 403
    assert "Select a valid choice" in words(give(half, b"url\n", ImportKind.DOCUMENTS))


def test_an_administrator_reads_imports_and_keeps_words() -> None:
    upload = waiting(make_editor("boris"))
    keeper = logged_in(make_member(DeskRole.ADMINISTRATOR))

    assert "Discard" not in words(keeper.get(change(upload)))
    assert keeper.post(change(upload), {"decision": "discard"}).status_code == 403
    assert keeper.get(ADD).status_code == 403
    keeper.post(reverse("admin:commitments_statusword_add"), {"word": " Kept ", "status": "delivered"})
    word = StatusWord.objects.get()
    assert (word.word, word.history.get().history_user.username) == ("kept", "administrator")
    address = url("statusword", "change", word.pk)
    keeper.post(address, filled(keeper.get(address), status="stalled"))
    assert list(word.history.values_list("status", flat=True)) == ["stalled", "delivered"]
    assert "already exists" in words(
        keeper.post(reverse("admin:commitments_statusword_add"), {"word": "KEPT", "status": "delivered"})
    )


def test_the_desk_counts_those_that_can_be_confirmed_apart_from_those_with_problems(desk: Client, editor: User) -> None:
    import_actions.discard(by=editor, upload=waiting(editor))
    make_party("Sea Fund")
    for name, content in (
        ("new.csv", PARTIES),
        ("wrong.csv", b"slug,kind,name\nport-fund,nonsense,Port Fund\n"),
        ("known.csv", b"slug,kind,name\nsea-fund,institution,Sea Fund\n"),
    ):
        desk.post(ADD, {"kind": ImportKind.PARTIES.value, "file": SimpleUploadedFile(name, content)})
    # One that was given before it was known what a file would write.
    waiting(editor)

    assert Import.objects.get(file_name="known.csv").summary == {"writes": 0}
    assert on_the_desk(desk) == {"imports": ["new.csv", "things.csv"], "imports_to_mend": ["wrong.csv"]}


def test_the_list_does_not_read_the_files(desk: Client, editor: User) -> None:
    waiting(editor)

    with CaptureQueriesContext(connection) as captured:
        desk.get(reverse("admin:commitments_import_changelist"))

    assert not [query["sql"] for query in captured if '"commitments_import"."content"' in query["sql"]]


def test_a_page_asks_as_much_for_thirty_rows_as_for_three(desk: Client, editor: User) -> None:
    make_country("KZ")

    def asked(number: int) -> int:
        rows = "".join(f"fund-{place},institution,Fund,KZ\n" for place in range(number))
        upload = waiting(editor, f"slug,kind,name,country\n{rows}".encode())
        desk.get(change(upload))
        with CaptureQueriesContext(connection) as captured:
            assert counts(desk.get(change(upload))) == (str(number), "0", "0")
        return len(captured)

    assert asked(3) == asked(30)
