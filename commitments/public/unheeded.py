"""What an address asks of a page that takes no such parameter: said, so that nobody takes the page for an answer."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commitments import source_urls
from commitments.filters import MOMENTS, Ignored


def unheeded(request: HttpRequest, *own: str) -> list[Ignored]:
    """Every parameter with a value but the page's `own`, and those by which others count who follows their links."""
    return [
        Ignored(name, value, _why(name))
        for name, value in request.GET.items()
        if name not in own and isinstance(value, str) and value and not source_urls.is_tracking(name.lower())
    ]


def _why(name: str) -> str:
    return _("This page is as of today.") if name in MOMENTS else _("This page has no such parameter.")
