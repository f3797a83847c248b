"""The stock admin, as a reference for the editors' pages: Django's own, as it comes, over a thousand users.

    FLOOR_DATABASE=/tmp/stock.sqlite3 python -m tests.benchmarks.stock

makes the file and prints the key of a session; `tests.benchmarks.stock:application` serves it.
"""

import os
from importlib import import_module

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

USERS = 1000

settings.configure(
    SECRET_KEY="stock",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.benchmarks.stock_urls",
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "sessions", "messages")],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["STOCK_DATABASE"]}},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    STATIC_URL="/static/",
    USE_TZ=True,
)
django.setup()
application = WSGIHandler()


def fill() -> str:
    """Make the database; give the key of a session of its administrator."""
    management = import_module("django.core.management")
    auth, sessions = import_module("django.contrib.auth"), import_module("django.contrib.sessions.backends.db")
    management.call_command("migrate", verbosity=0)
    user = auth.get_user_model()
    user.objects.bulk_create(
        user(username=f"user{number}", email=f"user{number}@example.org", is_staff=True, is_superuser=number == 0)
        for number in range(USERS)
    )
    session = sessions.SessionStore()
    first = user.objects.get(username="user0")
    session[auth.SESSION_KEY] = str(first.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = first.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(fill())
