"""Where this site is."""

from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """The address at which the reader found this site, without a slash at its end: full addresses begin with it."""
    return request.build_absolute_uri("/").rstrip("/")
