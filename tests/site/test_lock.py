"""The lock has what every package needs on every Python that the project supports, not on that of its maker alone."""

import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(settings.BASE_DIR)
PYTHONS = ("3.12", "3.13", "3.14")

pytestmark = pytest.mark.once


def holds(marker: Marker | None, python: str) -> bool:
    there = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    return marker is None or marker.evaluate(there)


def locked(text: str, python: str) -> set[str]:
    """The names of what a lock installs on this Python."""
    found = re.findall(r"^([a-z][\w.-]*)(?:\[[\w,-]+\])?==[^\s;]+(?: ; ([^\\\n]+?))? ?\\?$", text, re.MULTILINE)
    return {canonicalize_name(name) for name, marker in found if holds(Marker(marker) if marker else None, python)}


def unfit(text: str, python: str) -> set[str]:
    """What a lock would install on this Python and that does not work on it."""
    found = set()
    for name in locked(text, python):
        try:
            works_on = metadata(name).get("Requires-Python")
        except PackageNotFoundError:  # of another Python
            continue
        if works_on and f"{python}.99" not in SpecifierSet(works_on):
            found.add(name)
    return found


def missing(text: str, python: str) -> set[str]:
    """What packages of a lock need on this Python and the lock does not install there."""
    names = locked(text, python)
    needed: set[str] = set()
    for name in names:
        try:
            needs = [Requirement(one) for one in requires(name) or []]
        except PackageNotFoundError:  # of another Python
            continue
        needed |= {canonicalize_name(one.name) for one in needs if holds(one.marker, python)}
    return needed - names


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("kind", ["runtime", "dev"])
def test_nothing_is_missing_on_any_python(kind: str, python: str) -> None:
    text = (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8")

    assert len(locked(text, python)) > 30
    assert missing(text, python) == set()
    assert unfit(text, python) == set()


def test_a_package_of_a_later_python_alone_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "metadata", lambda _name: {"Requires-Python": ">=3.13"})

    assert unfit("django==6.1 \\\n", "3.12") == {"django"}
    assert unfit("django==6.1 ; python_full_version >= '3.13' \\\n", "3.12") == set()
    assert unfit("django==6.1 \\\n", "3.13") == set()


def test_a_package_that_one_python_needs_is_missed() -> None:
    text = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    cut = re.sub(r"^typing-extensions==[^\\\n]*", r"\g<0>; python_full_version >= '3.13' ", text, flags=re.MULTILINE)

    assert "typing-extensions" in missing(cut, "3.12")
