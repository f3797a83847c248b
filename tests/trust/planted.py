"""The site with a fault, for the control of the test of kills: it acknowledges some writes and then undoes them.

Served as `tests.trust.planted:application`.
"""

import itertools
import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

EVERY = 5


class Forgetful(WSGIHandler):
    """Answers every fifth POST of a process as if it were kept."""

    def __init__(self) -> None:
        super().__init__()
        self._number = itertools.count(1)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or next(self._number) % EVERY:
            return super().get_response(request)
        with transaction.atomic():
            response = super().get_response(request)
            transaction.set_rollback(True)
        return response


django.setup(set_prefix=False)
application = Forgetful()
