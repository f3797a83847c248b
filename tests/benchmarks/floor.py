"""What no page of Django's can be faster than: no database, no middleware, one template.

    python -m gunicorn --workers 2 --bind 127.0.0.1:8301 tests.benchmarks.floor:application

`/bytes/` answers ready bytes; `/loop/` loops a template over a hundred rows to the same size, about 30 kB.
"""

import datetime as dt

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path

WORDS = "emissions health review baseline partner agreement ratify deliver courts forests progress report".split()
ROWS = [
    {
        "id": number,
        "title": " ".join(WORDS[(number * place + place) % len(WORDS)] for place in range(1, 9)),
        "status": WORDS[number % len(WORDS)],
        "deadline": dt.date(2030, 1, 1) + dt.timedelta(days=number),
    }
    for number in range(100)
]
BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{% block title %}{% endblock %}</title></head>
<body><header><nav><a href="/">Home</a></nav></header><main>{% block main %}{% endblock %}</main></body></html>"""
LOOP = """{% extends "base.html" %}{% block title %}Commitments{% endblock %}{% block main %}<table><tbody>
{% for row in rows %}<tr class="row"><td><a href="/commitments/{{ row.id }}/">{{ row.title }}</a></td>
<td class="status status-{{ row.status }}"><span class="badge">{{ row.status }}</span></td>
<td><time datetime="{{ row.deadline|date:'c' }}">{{ row.deadline|date:'j M Y' }}</time></td>
<td class="note">follow-up pending</td></tr>
{% endfor %}</tbody></table>{% endblock %}"""
_LOADER = ("django.template.loaders.locmem.Loader", {"base.html": BASE, "loop.html": LOOP})


def _loop(request: HttpRequest) -> HttpResponse:
    return render(request, "loop.html", {"rows": ROWS})


def _bytes(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_PAGE)


urlpatterns = [path("loop/", _loop), path("bytes/", _bytes)]

settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [_LOADER])]},
        }
    ],
    USE_TZ=True,
)
django.setup()
_PAGE = render_to_string("loop.html", {"rows": ROWS}).encode()
application = WSGIHandler()
