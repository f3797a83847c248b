"""The keys of records in addresses of the editors' site."""

from django.http import Http404

from commitments.admin.versions import whole_number


def key_of(text: str) -> int:
    """The key that a part of an address names. Raises `Http404` if it is none that a database could hold."""
    if not (key := whole_number(text)):
        raise Http404
    return key
