"""A process that builds a release from a test's database, in whatever environment it is started.

python -m tests.releases.builder DATABASE KNOWN_AT FOLDER
"""

import datetime as dt
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings


def main(database: str, known_at: str, folder: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    # As a site would run in another part of the world.
    settings.TIME_ZONE, settings.LANGUAGE_CODE = "Asia/Tashkent", "ru"
    django.setup()
    from commitments.releases.build import build  # noqa: PLC0415 # when there are models
    from commitments.releases.make import facts_of  # noqa: PLC0415

    moment = dt.datetime.fromisoformat(known_at)
    build(facts_of("2026.11", moment, moment, None), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
