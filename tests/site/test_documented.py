"""Every command and every address is documented, and nothing is documented that is not there.

Settings: tests/tracker/test_settings_documented.py. Filters and columns: tests/public/test_method.py.
"""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from commitments.api.urls import urlpatterns as api_patterns
from commitments.public.urls import urlpatterns

ROOT = Path(settings.BASE_DIR)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def table(path: str, heading: str = "") -> set[str]:
    """What stands in the first column of the tables below a heading of a document, without arguments."""
    text = (ROOT / path).read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0] if heading else text
    return set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))


def test_every_command_of_make_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = {f"make {name}" for name in re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)}

    assert commands
    assert table("docs/commands.md", "make") == commands


def test_every_command_of_ours_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app == "commitments"}

    assert ours
    assert {command.split()[0] for command in table("docs/commands.md", "manage.py")} == ours


def _read(pattern: str) -> str:
    """An address of the API as people write it."""
    return re.sub(r"\(\?P<(\w+)>.*\)", r"<\1>", pattern).removeprefix("^").removesuffix(r"\Z")


def test_every_public_address_is_documented() -> None:
    public = {"/" + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern)) for pattern in urlpatterns}

    api = {"/api/" + _read(str(pattern.pattern)) for pattern in api_patterns if pattern.name != "api-nowhere"}

    assert public
    assert table("docs/addresses.md") == {*public, *api, "/accounts/", "/admin/", "/healthz", "/readyz", "/metrics"}


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "seeds/README.md"]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in _LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert documents
    assert broken == []


def test_every_test_that_a_document_rests_on_is_there() -> None:
    named = {
        (document.name, path)
        for document in (ROOT / "docs").rglob("*.md")
        for path in re.findall(r"`(tests/[\w/]+\.py)`", document.read_text(encoding="utf-8"))
    }

    assert any(name == "trust.md" for name, _ in named)
    assert {(name, path) for name, path in named if not (ROOT / path).exists()} == set()


def test_every_promise_of_trust_names_its_test() -> None:
    text = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"^\| (?!promise|-)", line) and not line.startswith("|---")]

    assert rows
    assert [row for row in rows if "`tests/" not in row] == []
