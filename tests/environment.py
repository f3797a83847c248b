"""What of the caller's environment the tests may see."""

from collections.abc import Mapping
from pathlib import Path

# Of Postgres' own client library: each would quietly change which database a test reaches.
_OF_LIBPQ = "PG"
# Every variable that the site reads. tests/tracker/test_settings_documented.py keeps it complete.
OF_THE_SITE = frozenset(
    {
        "ALLOWED_HOSTS",
        "API_REQUESTS_PER_MINUTE",
        "BACKUP_KEY",
        "CAPTURES_DIR",
        "CAPTURE_SOURCES",
        "CHANGES_PER_HOUR",
        "DATABASE_POOL_SIZE",
        "DATABASE_REPLICA_URL",
        "DATABASE_URL",
        "DATA_DIR",
        "DEBUG",
        "DEFAULT_FROM_EMAIL",
        "EMAIL_URL",
        "ENVIRONMENT",
        "EXPORTS_PER_HOUR",
        "FOLLOWS_PER_HOUR",
        "FORWARDED_ALLOW_IPS",
        "HOST",
        "HSTS_SECONDS",
        "IMPORTS_PER_HOUR",
        "LOGINS_PER_HOUR",
        "KEEP_INDEX",
        "KEEP_PAGES",
        "LOG_FORMAT",
        "LOG_LEVEL",
        "METRICS_ALLOW",
        "METRICS_TOKEN",
        "PORT",
        "REDIS_URL",
        "READ_ONLY",
        "RELEASES_DIR",
        "REQUIRE_MFA",
        "SEARCHES_PER_MINUTE",
        "REPLICA_MAX_LAG",
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "SECURITY_CONTACT",
        "SESSION_HOURS",
        "SESSION_IDLE_MINUTES",
        "SITE_URL",
        "SUGGESTIONS_PER_HOUR",
        "SOCKET",
        "TAG_AUTHORITY",
        "TASKS",
        "WEB_CONCURRENCY",
    }
)


def clean_environment(caller: Mapping[str, str], *, data_dir: Path, database_url: str) -> dict[str, str]:
    """The caller's environment without what the site or libpq reads, then with the tests' own folder and database.

    A blank `database_url` means SQLite in `data_dir`.
    """
    kept = {name: value for name, value in caller.items() if name not in OF_THE_SITE and not name.startswith(_OF_LIBPQ)}
    kept["DATA_DIR"] = str(data_dir)
    if database_url:
        kept["DATABASE_URL"] = database_url
    return kept
