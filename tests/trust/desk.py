"""What the test of kills needs of the site's own code, in a process with the site's environment.

    python -m tests.trust.desk prepare EDITORS COMMITMENTS
    python -m tests.trust.desk judge < writes.json

The first makes editors who are logged in and commitments, and prints both. The second says which of the acknowledged
writes are not there, which are there twice, and which are there in part, and whether the record agrees with itself.
"""

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

LOG, DRAFT, PUBLISH, EDIT = "log", "draft", "publish", "edit"


def prepare(editors: int, commitments: int) -> dict[str, Any]:
    """So many editors, with the key of a session each, and so many published commitments."""
    from tests.admin.cast import logged_in, make_editor  # noqa: PLC0415 # models need the settings first
    from tests.factories import make_commitment, make_summit  # noqa: PLC0415

    summit = make_summit("KILLS")
    clients = [logged_in(make_editor(f"editor{number}")) for number in range(editors)]
    return {
        "sessions": [client.cookies["sessionid"].value for client in clients],
        "commitments": [make_commitment(f"KILL-{number}", summit=summit).pk for number in range(commitments)],
    }


def judge(writes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The words of writes that are lost, doubled, and half done; and what `check_history` says against the record."""
    found = _found()
    lost, doubled, half = [], [], []
    for write in writes:
        word, kind = write["word"], write["kind"]
        parts = found[kind]
        counts = [part[word] for part in parts]
        if max(counts) > 1:
            doubled.append(word)
        elif write["acknowledged"] and min(counts) == 0:
            lost.append(word)
        elif len(set(counts)) > 1:
            half.append(word)
    return {"lost": lost, "doubled": doubled, "half": half, "history": _history()}


def _found() -> dict[str, list[Counter[str]]]:
    """How often each word is there, in every place in which a whole write of its kind is."""
    from commitments.models import Commitment, Development, Revision  # noqa: PLC0415

    entries = Counter(Development.objects.values_list("summary", flat=True))
    published = Counter(Development.objects.filter(published_at__isnull=False).values_list("summary", flat=True))
    with_source = Counter(Development.objects.filter(evidence__isnull=False).values_list("summary", flat=True))
    said: set[str] = set()
    titles: Counter[str] = Counter()
    for snapshot in Revision.objects.values_list("snapshot", flat=True).iterator():
        said.update(entry["summary"] for entry in snapshot["developments"])
        titles[snapshot["title"]] += 1
    revised = Counter(said)
    changed = Counter(Commitment.history.filter(history_type="~").values_list("title", flat=True))
    # A title stays while other things change: its history is counted by whether it is there, its row by its revision.
    changed = Counter({title: min(1, number) for title, number in changed.items()})
    edits = Counter({title: min(1, number) for title, number in titles.items()})
    return {
        LOG: [entries, published, with_source, revised],
        DRAFT: [entries, with_source],
        PUBLISH: [published, revised],
        EDIT: [changed, edits, _reasons()],
    }


def _reasons() -> Counter[str]:
    """How often a revision gives a reason: each edit of a title gives its own, the title's word."""
    from commitments.models import Revision  # noqa: PLC0415

    return Counter(Revision.objects.values_list("reason", flat=True))


def _history() -> str:
    from django.core.management import CommandError, call_command  # noqa: PLC0415

    said = io.StringIO()
    try:
        call_command("check_history", stdout=io.StringIO(), stderr=said)
    except CommandError as error:
        return f"{error} {said.getvalue()[:2000]}"
    return ""


def main(what: str, *numbers: str) -> None:
    django.setup()
    answer = prepare(*map(int, numbers)) if what == "prepare" else judge(json.load(sys.stdin))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
