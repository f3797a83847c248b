"""docs/settings.md lists every variable that the site reads, and no other."""

import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings

from tests.environment import OF_THE_SITE
from tracker.settings import env

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def read_by_the_site() -> set[str]:
    """Every variable that settings and server asked for, whatever its value."""
    gunicorn = runpy.run_path(str(ROOT / "tracker" / "gunicorn.conf.py"))
    names: set[str] = env.names | gunicorn["env"].names
    return names


def test_it_documents_every_variable_and_no_other(read_by_the_site: set[str]) -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), flags=re.MULTILINE)

    assert sorted(documented) == sorted(read_by_the_site)


def test_it_keeps_every_variable_of_the_caller_from_the_tests(read_by_the_site: set[str]) -> None:
    assert read_by_the_site == OF_THE_SITE


def test_it_gives_an_example_of_known_variables_only(read_by_the_site: set[str]) -> None:
    example = (ROOT / "deploy" / "production.env").read_text()

    assert set(re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)) <= read_by_the_site


def test_it_reads_the_environment_nowhere_else() -> None:
    sources = [path for folder in ("tracker", "commitments") for path in (ROOT / folder).rglob("*.py")]
    readers = {path.relative_to(ROOT).as_posix() for path in sources if "os.environ" in path.read_text()}

    wiring = {"tracker/settings.py", "tracker/gunicorn.conf.py", "tracker/wsgi.py", "tracker/asgi.py"}
    # Passwords, for once or for other programs: no settings, and nothing for a list of arguments that anybody can read.
    assert readers == {
        *wiring,
        "commitments/management/commands/create_editor.py",
        "commitments/backups/postgresql.py",
    }
