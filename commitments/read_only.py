"""Read-only: readers read, and whatever would write is told to come back. For moves, restores and upgrades.

On while the file `READ_ONLY_FILE` is there (`manage.py read_only on`), which needs no restart and no database, or with
the setting READ_ONLY. Each web node has its own file.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from commitments import not_saved

UNAVAILABLE = 503


def is_on() -> bool:
    """Whether the site takes no writes just now."""
    return bool(settings.READ_ONLY) or Path(settings.READ_ONLY_FILE).exists()


@sync_only_middleware
def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer what would write with 503 and with what was typed, while the site is read-only. Asks no database."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in not_saved.SAFE or not is_on():
            return get_response(request)
        return not_saved.page(request, "read_only.html", UNAVAILABLE)

    return answer
