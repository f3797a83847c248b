"""What a page's head says of the page: its one address, its card, and its matter in the words of schema.org."""

import html
import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commitments import cards, linked_data
from commitments.models import Commitment, Revision

register = template.Library()

# What could end the element, or begin another within it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class RememberNode(Node):
    """Keeps what its contents say under a name, and shows nothing."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        words = " ".join(self.nodelist.render(context).split())
        # Made by the template, which has escaped it already.
        context[self.name] = mark_safe(words)  # noqa: S308
        return SafeString()


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember name %}…{% endremember %}`: a page's title and description are said twice and written once."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(name, nodelist)


@register.simple_tag(takes_context=True)
def canonical(context: Mapping[str, Any]) -> str:
    """The one address of this page: without parameters, save the page's number and, on the list, the filters."""
    commitment_filter, pages = context.get("filter"), context.get("pages")
    query = commitment_filter.query if commitment_filter else ""
    if pages and pages.page.number > 1:
        query += f"{'&' if query else '?'}page={pages.page.number}"
    return _absolute(context, f"{context['request'].path}{query}")


@register.simple_tag(takes_context=True)
def card_address(context: Mapping[str, Any], commitment: Commitment) -> str:
    """Where the commitment's card is, as it stood on the day that the page is about."""
    moment = context.get("moment")
    query = f"?{urlencode(moment.parameters)}" if moment else ""
    return _absolute(context, f"{reverse('card', args=[commitment.code])}{query}")


@register.inclusion_tag("components/card.html", takes_context=True)
def card(context: Mapping[str, Any], commitment: Commitment) -> dict[str, Any]:
    """The commitment's card, for those who share a link to its page."""
    return {
        "address": card_address(context, commitment),
        "commitment": commitment,
        "width": cards.WIDTH,
        "height": cards.HEIGHT,
    }


@register.simple_tag(takes_context=True)
def linked_data_of(context: Mapping[str, Any], thing: object, revision: Revision | None = None) -> SafeString:
    """What the page of this record is about; nothing while the reader looks at it from another day."""
    if context.get("moment"):
        return SafeString()
    node = linked_data.about(thing, lambda path: _absolute(context, path))
    return _script(linked_data.revised(node, revision))


@register.simple_tag(takes_context=True)
def linked_data_of_site(context: Mapping[str, Any]) -> SafeString:
    """What this site is."""
    return _script(linked_data.site(lambda path: _absolute(context, path)))


@register.simple_tag(takes_context=True)
def linked_data_of_dataset(context: Mapping[str, Any]) -> SafeString:
    """What the downloads are."""
    return _script(linked_data.dataset(lambda path: _absolute(context, path)))


@register.simple_tag(takes_context=True)
def linked_data_of_breadcrumbs(context: Mapping[str, Any]) -> SafeString:
    """The way to this page, from the variables of `components/breadcrumbs.html`."""
    if "request" not in context:
        return SafeString()
    steps = [(_("Home"), reverse("home"))]
    steps += [
        (_plain(context[name]), str(context[f"{name}_url"]))
        for name in ("parent", "middle")
        if context.get(f"{name}_url")
    ]
    steps.append((_plain(context["here"]), ""))
    return _script(linked_data.breadcrumbs(steps, lambda path: _absolute(context, path)))


def _absolute(context: Mapping[str, Any], path: str) -> str:
    return str(context["request"].build_absolute_uri(path))


def _plain(words: object) -> str:
    """Words of a template as text: those that it kept in a variable are escaped already."""
    return html.unescape(str(words)) if isinstance(words, SafeString) else str(words)


def _script(node: linked_data.Node) -> SafeString:
    """A block of data: no script, so the Content-Security-Policy lets it stand."""
    text = json.dumps({"@context": linked_data.CONTEXT, **node}, ensure_ascii=False).translate(_ESCAPES)
    # Escaped as JSON, where HTML's own escapes would mean nothing.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
