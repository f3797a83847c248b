"""Every setting of the site, from the environment alone. docs/settings.md lists the variables.

ENVIRONMENT decides. `local` (the default) serves plain HTTP to this machine, with a database and a secret key of its
own in DATA_DIR. `production` serves HTTPS only and requires SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL. Neither shows
errors to visitors: DEBUG is off unless asked for, and production refuses it.
"""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from tracker import pooling
from tracker.env import Environment, local_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# --- where and for whom ---------------------------------------------------------------------------------------------

ENVIRONMENT = env.choice("ENVIRONMENT", choices=("local", "production"), default="local")
PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = env.folder("DATA_DIR", default=BASE_DIR / "data")
DEBUG = env.flag("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG must be false in production: its error pages show settings. Example: DEBUG=false")

# A local site answers to this machine's names, and to the address that it was told to serve at.
_HOST = env.text("HOST", allowed="the address to listen at", example="127.0.0.1", default="127.0.0.1")
_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", _HOST]
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS",
    allowed="the site's host names, separated by commas",
    example="commitments.example.org",
    default=None if PRODUCTION else _LOCAL_HOSTS,
)

# Messages to followers name the site's addresses, and no request is there to tell them.
_PUBLIC_HOST = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
_PORT = env.number("PORT", smallest=1, largest=65535, default=8000)
SITE_URL = env.text(
    "SITE_URL",
    allowed="the address of the site's first page",
    example="https://commitments.example.org",
    default=f"https://{_PUBLIC_HOST}" if PRODUCTION else f"http://{_PUBLIC_HOST}:{_PORT}",
).rstrip("/")
if not SITE_URL.startswith("https://" if PRODUCTION else ("http://", "https://")):
    raise ImproperlyConfigured("SITE_URL has to begin with https://. Example: SITE_URL=https://commitments.example.org")

# Entries of feeds and of calendars are told apart by names (RFC 4151) that may never change, wherever the site moves.
TAG_AUTHORITY = env.text(
    "TAG_AUTHORITY",
    allowed="a domain that was yours, a comma and the year",
    example="commitments.example.org,2026",
    default=f"{_PUBLIC_HOST},2026",
)

# The proxies that gunicorn believes (gunicorn.conf.py): they say which visitor asks. Limits are kept by that.
TRUSTED_PROXIES = env.words(
    "FORWARDED_ALLOW_IPS",
    allowed="addresses of the proxies in front, separated by commas",
    example="10.0.0.5",
    default=["127.0.0.1", "::1"],
)
# At a Unix socket nobody has an address, and nobody but the proxy may be.
if env.text("SOCKET", allowed="the path of a Unix socket", example="/run/commitment-tracker/web.sock", default=""):
    TRUSTED_PROXIES = [*TRUSTED_PROXIES, ""]

SECRET_KEY = env.text(
    "SECRET_KEY",
    allowed="a random string of 50 characters or more",
    example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')",
    default=None if PRODUCTION else local_secret_key(DATA_DIR),
    shortest=50,
)
# While a key is being replaced: the old ones still open sessions, nothing new is signed with them.
SECRET_KEY_FALLBACKS = env.words(
    "SECRET_KEY_FALLBACKS",
    allowed="earlier secret keys, separated by commas",
    example="the-key-until-today",
    default=[],
)

# --- what it is made of ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "commitments.apps.CommitmentsConfig",
    "commitments.admin.apps.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles: runserver then serves static files as gunicorn does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "simple_history",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    # First: it numbers, times and counts the answer of all the others.
    "tracker.requests.requests",
    # From here on it is known from which database the reader reads.
    "tracker.databases.Databases",
    # Around all that only pages need that are made anew: a kept one has what it left, its headers too.
    "commitments.public.kept.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "tracker.middleware.permissions_policy",
    "tracker.middleware.isolation",
    # Outside all that sets cookies: it says who may keep the answer.
    "tracker.caching.caching",
    "tracker.middleware.encrypted_programs",
    "tracker.middleware.known_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.middleware.session_limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commitments.read_only.middleware",
    # Within the databases: it is told of an error first, and a disk that is full is no database that is away.
    "commitments.not_saved.NotSaved",
    # Last: it notes the signed-in user for the history of what the view changes.
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Its `csrf_token` gives every form a key that is used once, too.
            "builtins": ["commitments.templatetags.form_keys"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

# --- database -------------------------------------------------------------------------------------------------------

_SQLITE_OPTIONS: dict[str, Any] = {
    # WAL lets readers go on while an editor writes. FULL, because in WAL mode NORMAL may lose acknowledged edits in a
    # power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    # A transaction that reads first and writes later would otherwise fail at once if another writes meanwhile.
    "transaction_mode": "IMMEDIATE",
    # Seconds that a writer waits for the other one.
    "timeout": 20,
}


_POSTGRESQL_EXAMPLE = "postgres://tracker:a-password@db2.example.org:5432/tracker"
_pool_size = env.number("DATABASE_POOL_SIZE", smallest=1, largest=100, default=4)


def _database(name: str, *, default: str | None) -> dict[str, Any]:
    config = env.database(name, default=default)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # To open the file takes longer than most pages: all of the schema is read. A minute, so that a restored one is
        # soon the one that is read.
        return {**config, "CONN_MAX_AGE": 60, "OPTIONS": _SQLITE_OPTIONS}
    # A request waits three seconds for a free connection, then fails rather than hang. A pool that cannot connect gives
    # up soon and begins anew with the next request: its pauses would grow, and outlast a restart of the database.
    # A connection that the database closed meanwhile is noticed before it is used.
    pool = {"min_size": 1, "max_size": _pool_size, "timeout": 3, "reconnect_timeout": 2, "check": pooling.check}
    options = {**config.get("OPTIONS", {}), "connect_timeout": 3, "pool": pool}
    return {**config, "OPTIONS": options}


DATABASES = {
    "default": _database("DATABASE_URL", default=None if PRODUCTION else f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
# A copy that follows the primary, for the public's reads (tracker/databases.py).
if env.text("DATABASE_REPLICA_URL", allowed="postgres://…", example=_POSTGRESQL_EXAMPLE, default=""):
    DATABASES["replica"] = {**_database("DATABASE_REPLICA_URL", default=None), "TEST": {"MIRROR": "default"}}
    if {one["ENGINE"] for one in DATABASES.values()} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL is for PostgreSQL, as is DATABASE_URL then. "
            f"Example: DATABASE_REPLICA_URL={_POSTGRESQL_EXAMPLE}"
        )
DATABASE_ROUTERS = ["tracker.databases.Router"] if "replica" in DATABASES else []
REPLICA_MAX_LAG = env.number("REPLICA_MAX_LAG", smallest=1, largest=86_400, default=5)

# --- cache ----------------------------------------------------------------------------------------------------------

_redis = env.text("REDIS_URL", allowed="redis://HOST:PORT/NUMBER", example="redis://10.0.0.7:6379/0", default="")
if _redis and _redis.partition("://")[0] not in ("redis", "rediss", "unix"):
    raise ImproperlyConfigured(
        "REDIS_URL has a value that cannot be used. Allowed: redis://, rediss:// or unix:// and what follows. "
        "Example: REDIS_URL=redis://10.0.0.7:6379/0 (see docs/settings.md)"
    )
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "tracker.caches.ForgivingRedisCache",
        "LOCATION": _redis,
        "KEY_PREFIX": "tracker",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if _redis
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# Whole pages (commitments/public/kept.py), apart: however many there are, they push nothing else out.
CACHES["pages"] = (
    {**CACHES["default"], "KEY_PREFIX": "tracker-pages"}
    if _redis
    else {**CACHES["default"], "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}}
)

# Whether each process keeps the public record in memory as sets (commitments/bitmaps), and whole pages in the cache
# (commitments/public/kept.py). Only measurements and tests say no.
KEEP_INDEX = env.flag("KEEP_INDEX", default=True)
KEEP_PAGES = env.flag("KEEP_PAGES", default=True)

# --- people ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "commitments.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "commitments.accounts.passwords.PlaceWords"},
]
# The one backend: Django's own, which takes as long for a name that nobody has.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

# Whoever works at the desk needs a second factor, or the desk stays shut.
REQUIRE_MFA = env.flag("REQUIRE_MFA", default=PRODUCTION)
if PRODUCTION and not REQUIRE_MFA:
    raise ImproperlyConfigured(
        "REQUIRE_MFA must be true in production: a stolen password would open the desk. Example: REQUIRE_MFA=true"
    )
# Nobody signs up: accounts are made by `manage.py create_editor` and by administrators.
ACCOUNT_ADAPTER = "commitments.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# For so long after a log-in or a confirmation nobody is asked again before a dangerous act.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Ours count in their place (commitments/accounts/limits.py): they say when to try again.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "commitments.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "commitments.accounts.forms.AuthenticateForm",
    "reauthenticate": "commitments.accounts.forms.ReauthenticateForm",
    "add_webauthn": "commitments.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "commitments.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "commitments.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "commitments.accounts.forms.PasskeyAloneForm",
}
# A clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Commitment tracker"
# The link in a message opens a new password for an hour, once.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 # a name
PASSWORD_RESET_TIMEOUT = 60 * 60

# A session ends when nothing is done in it, and some time after it began whatever is done.
SESSION_COOKIE_AGE = 60 * env.number("SESSION_IDLE_MINUTES", smallest=5, largest=1440, default=120)
SESSION_LONGEST = 60 * 60 * env.number("SESSION_HOURS", smallest=1, largest=168, default=12)

# In what is sent at once: the form of a source holds every sentence that was read in it, that of a bloc its members. By
# Django's own thousand, one of more than a hundred could not be saved.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# How often, from one network address unless said otherwise; what goes beyond is answered with 429.
SEARCHES_PER_MINUTE = env.number("SEARCHES_PER_MINUTE", smallest=1, largest=1_000_000, default=120)
EXPORTS_PER_HOUR = env.number("EXPORTS_PER_HOUR", smallest=1, largest=1_000_000, default=240)
SUGGESTIONS_PER_HOUR = env.number("SUGGESTIONS_PER_HOUR", smallest=1, largest=1_000_000, default=5)
FOLLOWS_PER_HOUR = env.number("FOLLOWS_PER_HOUR", smallest=1, largest=1_000_000, default=10)
# Of one subscription.
CHANGES_PER_HOUR = env.number("CHANGES_PER_HOUR", smallest=1, largest=1_000_000, default=60)
LOGINS_PER_HOUR = env.number("LOGINS_PER_HOUR", smallest=1, largest=1_000_000, default=60)
# Of one account.
IMPORTS_PER_HOUR = env.number("IMPORTS_PER_HOUR", smallest=1, largest=1_000_000, default=60)

# --- security -------------------------------------------------------------------------------------------------------

# Nothing from another host, nothing inline. The admin keeps to it too.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # No script makes markup of a string but through static/js/trusted.js, whose policies these are.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["default", "looked-at"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = PRODUCTION
# Health checks ask the process itself, without the proxy that speaks HTTPS.
# The API is not exempt: `tracker.middleware.encrypted_programs` refuses it.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$", r"^api/v1/"]
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
# By this prefix a browser takes a cookie by HTTPS from this very host only: no other host beside it can set it.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "tracker.messages.Storage"
_hsts_seconds = env.number("HSTS_SECONDS", smallest=1, largest=63_072_000, default=31_536_000)
SECURE_HSTS_SECONDS = _hsts_seconds if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

# --- the API -------------------------------------------------------------------------------------------------------

# From one network address: enough to page through everything, not to take the site down.
API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", smallest=1, largest=1_000_000, default=300)
# JSON alone, for nobody in particular: no accounts, no forms, no second form by a parameter of the address.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "commitments.api.problems.problem",
}

# --- languages and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Every word is marked for translation; a language joins these with its catalogue.
LANGUAGES = [("en", _("English"))]
USE_I18N = True
FORMAT_MODULE_PATH = "tracker.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- captures of sources ---------------------------------------------------------------------------------------------

CAPTURES_DIR = env.folder("CAPTURES_DIR", default=DATA_DIR / "captures")
# Copyright: what a government or an organisation publishes itself, unless said otherwise.
CAPTURE_SOURCES = env.choice("CAPTURE_SOURCES", choices=("none", "official", "all"), default="official")

# --- releases of the dataset -----------------------------------------------------------------------------------------

RELEASES_DIR = env.folder("RELEASES_DIR", default=DATA_DIR / "releases")

# --- backups, and working on the site --------------------------------------------------------------------------------

BACKUP_KEY = env.text(
    "BACKUP_KEY",
    allowed="a random string of 32 characters or more, kept elsewhere than the backups",
    example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')",
    default="",
    shortest=32,
)
# While either says so, nothing is written (commitments/read_only.py). The file needs no restart.
READ_ONLY = env.flag("READ_ONLY", default=False)
READ_ONLY_FILE = DATA_DIR / "read-only"

# --- mail, tasks, log -----------------------------------------------------------------------------------------------

MAILERS = {"default": env.mailer("EMAIL_URL", default="consolemail://")}
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", allowed="an e-mail address", example="tracker@example.org", default="tracker@localhost"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whom `/.well-known/security.txt` names.
SECURITY_CONTACT = env.text(
    "SECURITY_CONTACT",
    allowed="an address that begins with mailto:, https:// or tel:",
    example="mailto:security@example.org",
    default=f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}",
)
if not re.fullmatch(r"(mailto:|https://|tel:)\S+", SECURITY_CONTACT):
    raise ImproperlyConfigured(
        "SECURITY_CONTACT has a value that cannot be used. Allowed: mailto:, https:// or tel: and what follows. "
        "Example: SECURITY_CONTACT=mailto:security@example.org (see docs/settings.md)"
    )
# Who does what is to be done beside requests: a worker (`db_worker`), the request itself, or nobody, where cron runs
# `deliver` and the like often enough.
_TASK_BACKENDS = {
    "worker": "django_tasks_db.DatabaseBackend",
    "request": "django.tasks.backends.immediate.ImmediateBackend",
    "none": "django.tasks.backends.dummy.DummyBackend",
}
_tasks = env.choice("TASKS", choices=("worker", "request", "none"), default="worker" if PRODUCTION else "request")
TASKS = {"default": {"BACKEND": _TASK_BACKENDS[_tasks]}}

# Who may see /metrics: an operator's address, or whoever has the token.
METRICS_ALLOW = env.words(
    "METRICS_ALLOW",
    allowed="addresses, separated by commas",
    example="127.0.0.1,10.0.0.9",
    default=["127.0.0.1", "::1"],
)
METRICS_TOKEN = env.text(
    "METRICS_TOKEN",
    allowed="a random string of 20 characters or more",
    example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')",
    default="",
    shortest=20,
)

# Where the processes of one server count: gunicorn.conf.py makes the folder, and the library looks for this name.
METRICS_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

_log_format = env.choice("LOG_FORMAT", choices=("json", "plain"), default="json" if PRODUCTION else "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "tracker.logs.PlainFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "tracker.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": _log_format},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", choices=("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"),
    },
    "loggers": {
        # Django's own handlers write to the console in DEBUG only and mail administrators otherwise.
        "django": {"handlers": [], "propagate": True},
        # Scanners ask for made-up hosts all day; the answer (400) is in the proxy's log.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # A line a request is for programs. On a terminal it would drown the rest.
        "tracker.requests": {"level": "INFO" if _log_format == "json" else "WARNING"},
        # What was not found is in that line, too.
        "django.request": {"level": "ERROR" if _log_format == "json" else "WARNING"},
        # Gunicorn warns of every HEAD request, as Django leaves it to the server to drop the body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
