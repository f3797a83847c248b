"""What the site is made of in each environment, looked at from outside: a process of its own for each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
EXAMPLE = ROOT / "deploy" / "production.env"
SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnop"

_SHOW = """
import json, sys
from tracker import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def run(*command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def show(*names: str, environment: dict[str, str]) -> dict[str, object]:
    done = run("-c", _SHOW, *names, environment=environment)
    assert done.returncode == 0, done.stderr
    values: dict[str, object] = json.loads(done.stdout)
    return values


def example(tmp_path: Path) -> dict[str, str]:
    """The documented production settings, with the two values that are each site's own."""
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines)
    assert variables["SECRET_KEY"] == ""
    return {**variables, "SECRET_KEY": SECRET_KEY, "DATA_DIR": str(tmp_path)}


def without(variables: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in variables.items() if key != name}


def test_it_needs_nothing_to_run_locally_and_gives_nothing_away(tmp_path: Path) -> None:
    shown = show("DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "DATABASES", environment={"DATA_DIR": str(tmp_path)})

    assert shown["DEBUG"] is False
    assert shown["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "127.0.0.1"]
    assert shown["SECURE_SSL_REDIRECT"] is False
    assert str(tmp_path / "db.sqlite3") in json.dumps(shown["DATABASES"])


def test_it_passes_djangos_deployment_check_with_the_documented_production_settings(tmp_path: Path) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    done = run(*command, environment=example(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_it_would_fail_the_deployment_check_with_local_settings(tmp_path: Path) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    assert run(*command, environment={"DATA_DIR": str(tmp_path)}).returncode != 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_it_does_not_start_in_production_without(name: str, tmp_path: Path) -> None:
    done = run("manage.py", "check", environment=without(example(tmp_path), name))

    assert done.returncode != 0
    last_line = done.stderr.strip().splitlines()[-1]
    assert f"{name} is missing. Allowed: " in last_line


def test_it_does_not_start_in_production_with_debug(tmp_path: Path) -> None:
    done = run("manage.py", "check", environment={**example(tmp_path), "DEBUG": "true"})

    assert done.returncode != 0
    assert "DEBUG must be false in production" in done.stderr


def test_it_speaks_https_only_in_production(tmp_path: Path) -> None:
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")

    shown = show(*names, environment=example(tmp_path))

    assert shown == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


def test_a_browser_takes_its_cookies_from_this_very_host_alone(tmp_path: Path) -> None:
    # Such a cookie is for one host and for all of it, or browsers refuse it.
    program = """
from django.conf import settings
from tracker.messages import PrefixedCookieStorage
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, PrefixedCookieStorage.cookie_name)
print(settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH)
print(settings.CSRF_COOKIE_DOMAIN, settings.CSRF_COOKIE_PATH)
"""

    done = run("-c", program, environment={**example(tmp_path), "DJANGO_SETTINGS_MODULE": "tracker.settings"})

    assert done.stdout.splitlines() == [
        "__Host-sessionid __Host-csrftoken __Host-messages",
        "None /",
        "None /",
    ], done.stderr


def test_production_does_not_open_the_desk_for_a_password_alone(tmp_path: Path) -> None:
    assert show("REQUIRE_MFA", environment=example(tmp_path)) == {"REQUIRE_MFA": True}
    assert show("REQUIRE_MFA", environment={"DATA_DIR": str(tmp_path)}) == {"REQUIRE_MFA": False}

    done = run("manage.py", "check", environment={**example(tmp_path), "REQUIRE_MFA": "false"})

    assert done.returncode != 0
    assert "REQUIRE_MFA must be true in production" in done.stderr


def test_it_shares_a_pool_of_connections_to_postgresql(tmp_path: Path) -> None:
    environment = {**example(tmp_path), "DATABASE_POOL_SIZE": "7"}

    databases = show("DATABASES", environment=environment)["DATABASES"]

    assert isinstance(databases, dict)
    pool = databases["default"]["OPTIONS"]["pool"]
    assert "function check" in pool.pop("check")
    assert pool == {
        "min_size": 1,
        "max_size": 7,
        "timeout": 3,
        "reconnect_timeout": 2,
    }


def test_it_loses_no_acknowledged_edit_on_sqlite(tmp_path: Path) -> None:
    program = """
from django.db import connection
import django
django.setup()
with connection.cursor() as cursor:
    print([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in
           ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")], connection.transaction_mode)
"""
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tracker.settings"}

    done = run("-c", program, environment=environment)

    # synchronous 2 is FULL
    assert done.stdout == "['wal', 2, 1, 20000] IMMEDIATE\n"


@pytest.mark.django_db
def test_it_tests_on_the_database_that_was_asked_for() -> None:
    asked = os.environ.get("DATABASE_URL", "sqlite")

    assert asked.startswith({"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor])


def test_messages_name_the_first_host_unless_the_sites_address_is_said(tmp_path: Path) -> None:
    production = example(tmp_path)
    unsaid = {name: value for name, value in production.items() if name not in ("SITE_URL", "TASKS")}
    unsaid["ALLOWED_HOSTS"] = "*,.example.org"
    local = {"DATA_DIR": str(tmp_path), "PORT": "8123"}

    assert show("SITE_URL", environment=production) == {"SITE_URL": "https://commitments.example.org"}
    assert show("SITE_URL", environment=unsaid) == {"SITE_URL": "https://example.org"}
    assert show("SITE_URL", environment=local) == {"SITE_URL": "http://localhost:8123"}
    refused = run("manage.py", "check", environment={**production, "SITE_URL": "http://commitments.example.org"})
    assert "SITE_URL has to begin with https://" in refused.stderr


def test_a_worker_is_told_of_tasks_in_production_and_the_request_does_them_locally(tmp_path: Path) -> None:
    unsaid = {name: value for name, value in example(tmp_path).items() if name != "TASKS"}
    local = {"DATA_DIR": str(tmp_path)}

    def backend(environment: dict[str, str]) -> str:
        return str(show("TASKS", environment=environment)["TASKS"]["default"]["BACKEND"])  # type: ignore[index]

    assert backend(unsaid) == "django_tasks_db.DatabaseBackend"
    assert backend(local).endswith("ImmediateBackend")
    assert backend({**local, "TASKS": "none"}).endswith("DummyBackend")


def test_readers_are_sent_to_a_copy_where_there_is_one(tmp_path: Path) -> None:
    copy = {"DATABASE_REPLICA_URL": "postgres://tracker:a-password@db2.example.org:5432/tracker"}
    names = ("DATABASES", "DATABASE_ROUTERS")

    alone = show(*names, environment=example(tmp_path))
    followed = show(*names, environment={**example(tmp_path), **copy})

    assert list(alone["DATABASES"]) == ["default"]  # type: ignore[call-overload]
    assert alone["DATABASE_ROUTERS"] == []
    assert followed["DATABASES"]["replica"]["HOST"] == "db2.example.org"  # type: ignore[index]
    assert followed["DATABASE_ROUTERS"] == ["tracker.databases.Router"]
    refused = run("manage.py", "check", environment={**copy, "DATA_DIR": str(tmp_path)})
    assert "DATABASE_REPLICA_URL is for PostgreSQL" in refused.stderr


def test_processes_share_a_cache_where_there_is_one(tmp_path: Path) -> None:
    shared = {**example(tmp_path), "REDIS_URL": "redis://cache.example.org:6379/0"}

    def backend(environment: dict[str, str]) -> str:
        return str(show("CACHES", environment=environment)["CACHES"]["default"]["BACKEND"])  # type: ignore[index]

    assert backend(example(tmp_path)).endswith("LocMemCache")
    assert backend(shared) == "tracker.caches.ForgivingRedisCache"
    refused = run("manage.py", "check", environment={**shared, "REDIS_URL": "memcached://secret@cache"})
    assert "REDIS_URL has a value that cannot be used" in refused.stderr
    assert "secret" not in refused.stderr


def test_it_logs_for_programs_in_production_and_for_people_locally(tmp_path: Path) -> None:
    def form(environment: dict[str, str]) -> str:
        return str(show("LOGGING", environment=environment)["LOGGING"]["handlers"]["stderr"]["formatter"])  # type: ignore[index]

    assert form(example(tmp_path)) == "json"
    assert form({"DATA_DIR": str(tmp_path)}) == "plain"
    assert form({**example(tmp_path), "LOG_FORMAT": "plain"}) == "plain"


def test_at_a_unix_socket_whoever_asks_is_the_proxy(tmp_path: Path) -> None:
    socket = {**example(tmp_path), "SOCKET": "/run/tracker.sock"}

    assert show("TRUSTED_PROXIES", environment=example(tmp_path)) == {"TRUSTED_PROXIES": ["127.0.0.1"]}
    assert show("TRUSTED_PROXIES", environment=socket) == {"TRUSTED_PROXIES": ["127.0.0.1", ""]}


@pytest.mark.parametrize("contact", ["security@example.org", "http://example.org/", "mailto:a@b\nExpires: never"])
def test_it_takes_no_contact_that_nobody_could_use(contact: str, tmp_path: Path) -> None:
    done = run("manage.py", "check", environment={**example(tmp_path), "SECURITY_CONTACT": contact})

    assert done.returncode != 0
    assert "SECURITY_CONTACT has a value that cannot be used" in done.stderr


def test_the_contact_is_the_sender_of_its_messages_unless_said_otherwise(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "DEFAULT_FROM_EMAIL": "The tracker <tracker@example.org>"}

    assert show("SECURITY_CONTACT", environment=environment) == {"SECURITY_CONTACT": "mailto:tracker@example.org"}
