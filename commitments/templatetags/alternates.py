"""The other forms of a page, named in its head for whatever reads pages."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commitments.exports.formats import available
from commitments.feeds import ATOM, JSON
from commitments.models import Commitment

register = template.Library()

# Type, address, title.
type Link = tuple[str, str, str]
_OEMBED = (("json", "application/json+oembed"), ("xml", "text/xml+oembed"))


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates_of_list(context: Mapping[str, Any], query: str, page: str = "commitments") -> dict[str, list[Link]]:
    """Every form of the list of the page named `page`; `query` is the list's query string, with its `?`."""
    links = [
        (_bare(form.media_type), f"{reverse(f'{page}_file', args=[form.ending])}{query}", str(form.label))
        for form in available()
    ]
    if page == "commitments":
        links += [*_feeds(query), *_oembed(context, f"{reverse('commitments')}{query}")]
    return {"links": links}


@register.inclusion_tag("components/alternates.html")
def alternates_of_calendar(query: str) -> dict[str, list[Link]]:
    """The deadlines of a list as a calendar."""
    return {"links": [_calendar(query)]}


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates_of_commitment(context: Mapping[str, Any], commitment: Commitment) -> dict[str, list[Link]]:
    """Every form of a commitment's page."""
    code = [commitment.code]
    return {
        "links": [
            ("application/json", reverse("api-commitments-one", args=code), _("JSON")),
            (_bare(ATOM), reverse("commitment_feed", args=code), _("What becomes of it (Atom)")),
            (_bare(JSON), reverse("commitment_feed_json", args=code), _("What becomes of it (JSON Feed)")),
            *_oembed(context, commitment.get_absolute_url()),
        ]
    }


def _feeds(query: str) -> list[Link]:
    return [
        (_bare(ATOM), f"{reverse('feed')}{query}", _("What becomes of this list (Atom)")),
        (_bare(JSON), f"{reverse('feed_json')}{query}", _("What becomes of this list (JSON Feed)")),
        _calendar(query),
    ]


def _calendar(query: str) -> Link:
    return ("text/calendar", f"{reverse('deadlines')}{query}", _("Deadlines of this list (iCalendar)"))


def _oembed(context: Mapping[str, Any], path: str) -> list[Link]:
    """Whole addresses: those who look for them often take them as they stand."""
    request = context["request"]
    pages = {"url": request.build_absolute_uri(path)}
    found = []
    for form, media_type in _OEMBED:
        address = f"{reverse('oembed')}?{urlencode({**pages, 'format': form})}"
        found.append((media_type, str(request.build_absolute_uri(address)), "oEmbed"))
    return found


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0]
