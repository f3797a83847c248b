"""`make sbom` names every package that is locked, with its version and what its files hash to."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCK = "requirements/runtime.txt"

pytestmark = pytest.mark.once


def test_every_locked_package_is_in_it(tmp_path: Path) -> None:
    (recipe,) = re.findall(r"-m (cyclonedx_py .*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    command = recipe.replace("data/sbom.json", str(tmp_path / "sbom.json")).split()

    # It warns that a lock does not say which package needs which.
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True)

    components = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))["components"]
    listed = {(one["name"], one["version"]) for one in components}
    locked = set(
        re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", (ROOT / LOCK).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert listed == locked
    assert len(locked) > 30
    assert all(one["externalReferences"][0]["hashes"] for one in components)
