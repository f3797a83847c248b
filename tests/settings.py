"""The site's own settings, in an environment that the tests choose, and what tests need different.

The caller's environment must not matter: a DATABASE_URL of a real database, or ENVIRONMENT=production, left in the
shell would otherwise decide what the tests run against. TEST_DATABASE_URL alone is taken over.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.environment import clean_environment

_folder = Path(tempfile.mkdtemp(prefix="tracker-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

_environment = clean_environment(os.environ, data_dir=_folder, database_url=os.environ.get("TEST_DATABASE_URL", ""))
os.environ.clear()
os.environ.update(_environment)

from tracker.settings import *
from tracker.settings import DATABASES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: in memory, the threads of a live server would share one connection and its transactions.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}

# The real one takes a quarter of a second a password, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests run without collectstatic: plain names, found where they lie.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Tests ask more in a minute than a visitor may; those of the limit set their own.
API_REQUESTS_PER_MINUTE = SEARCHES_PER_MINUTE = 1_000_000
EXPORTS_PER_HOUR = LOGINS_PER_HOUR = IMPORTS_PER_HOUR = 1_000_000

# What is to be done beside requests is done where a test asks for it.
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
