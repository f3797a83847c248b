"""The same data give the same bytes: in another process, zone, locale and order of hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from commitments.releases.build import build
from commitments.releases.make import facts_of
from tests.site.addresses import make_world


@pytest.mark.django_db(transaction=True)
def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    make_world()
    moment = timezone.now()
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    built = build(facts_of("2026.11", moment, moment, None), here)
    name = str(connection.settings_dict["NAME"])
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.releases.builder",
            name,
            moment.isoformat(),
            there,
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C"},
        check=True,
    )

    assert built.counts["commitments"] == 4
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in here.iterdir()
    }
