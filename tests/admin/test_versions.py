"""What becomes of two editors' work on one form."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from commitments.admin.versions import OPENED, VERSION, Opened, merge, posted_version


class NoteForm(forms.Form):
    title = forms.CharField()
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Apple"), ("b", "Pear")])
    seen = forms.BooleanField(required=False)


BEFORE = {"title": "Title", "note": "Note", "kind": "a", "seen": False}


def merged(theirs: dict[str, Any], mine: dict[str, Any]) -> Any:
    """Both began with BEFORE; `theirs` is saved by now, `mine` is posted."""
    posted = {name: value for name, value in {**BEFORE, **mine}.items() if value is not False}
    data = QueryDict(mutable=True)
    data.update({name: "on" if value is True else value for name, value in posted.items()})
    data[OPENED], data[VERSION] = Opened.of(NoteForm(initial=BEFORE)).dump(), "1"
    return merge(data, NoteForm(initial={**BEFORE, **theirs}), [], 2)


def test_what_only_one_touched_is_taken_from_the_one_who_did() -> None:
    result = merged({"note": "Their note", "seen": True}, {"title": "My title"})

    assert (result.data["title"], result.data["note"], result.data["seen"]) == ("My title", "Their note", "on")
    assert [(one.label, one.theirs) for one in result.differences] == [("Note", "Their note"), ("Seen", "on")]
    assert result.data[VERSION] == "2"


def test_where_both_touched_it_mine_stays_and_theirs_is_shown() -> None:
    result = merged({"kind": "b", "title": "Their title"}, {"title": "My title"})

    assert result.data["title"] == "My title"
    (title, kind) = result.differences
    assert (title.theirs, title.mine) == ("Their title", "My title")
    assert (kind.theirs, kind.mine) == ("Pear", "Apple")


def test_the_same_change_by_both_is_no_difference() -> None:
    assert merged({"title": "New"}, {"title": "New"}).differences == []
    # Browsers post line ends of their own.
    assert merged({"note": "one\ntwo"}, {"note": "one\r\ntwo"}).differences == []


def test_a_second_merge_builds_on_the_first() -> None:
    once = merged({"note": "Their note"}, {"title": "My title"})
    again = merge(once.data, NoteForm(initial={**BEFORE, "note": "Their note"}), [], 2)

    assert again.differences == []
    assert again.data["title"] == "My title"


def test_a_box_that_i_left_empty_stays_empty() -> None:
    assert merged({"title": "Their title"}, {"note": ""}).data["note"] == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"fields": 1, "rows": {}}', '{"fields": {"a": [1]}, "rows": {}}']
)
def test_what_is_no_opening_is_not_read(text: str) -> None:
    assert Opened.load(text) is None


def test_without_knowing_how_it_was_opened_mine_stays() -> None:
    data = QueryDict(mutable=True)
    data.update({"title": "My title", "note": "", "kind": "a", OPENED: "?"})

    result = merge(data, NoteForm(initial={**BEFORE, "title": "Their title"}), [], 2)

    assert result.data["title"] == "My title"
    assert "Their title" in [one.theirs for one in result.differences]


@pytest.mark.parametrize(("text", "version"), [("7", 7), ("", 0), ("x", 0), ("-1", 0), ("²", 0)])
def test_a_version_that_is_none_is_no_records(text: str, version: int) -> None:
    data = QueryDict(mutable=True)
    data[VERSION] = text

    assert posted_version(data) == version
