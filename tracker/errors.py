"""The answer when something is wrong here, whatever it is."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.utils.translation import gettext as _
from django.views import defaults

_log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of status 500; without its frame where that cannot be made either, as without the static files."""
    try:
        return defaults.server_error(request)
    except Exception:  # noqa: BLE001 # whatever keeps a page from being made, somebody is owed an answer
        _log.exception("The page that says that something went wrong could not be made")
        title = _("Something went wrong here")
        said = _("The fault is ours and has been noted. Nothing that you sent was changed.")
        return HttpResponseServerError(
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body><h1>{title}</h1><p>{said}</p></body></html>\n"
        )
