"""What the public pages are made of: dates, statuses, sums, and the rows and entries that several pages share."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import nh3
from babel import Locale, UnknownLocaleError
from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from commitments.codelists import AmountQualifier, Status
from commitments.facets import Choice
from commitments.models import Amount
from commitments.templatetags import numbers, rows
from commitments.templatetags.times import read_on, time_element

register = template.Library()
register.filter(time_element)
register.simple_tag(read_on)
register.simple_tag(numbers.count)
register.simple_tag(numbers.figure)
register.simple_tag(numbers.figure_cells)
register.simple_tag(rows.status)
register.simple_tag(rows.flags)
register.simple_tag(rows.commitment_rows, takes_context=True)

BAR_LENGTH = 100
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "html_block"])
# Its rules are put together when it is first used, and two threads that do so at once would each find half of them.
_markdown.render("first")
_ALLOWED_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "code", "blockquote", "br"}


@register.filter
def rich_text(text: str) -> SafeString:
    """An editor's Markdown as HTML: paragraphs, emphasis, lists, quotations and links, and nothing else."""
    html = _markdown.render(text)
    # Cleaned by an allow-list, so safe to show.
    return mark_safe(nh3.clean(html, tags=_ALLOWED_TAGS, attributes={"a": {"href"}}, link_rel="nofollow"))  # noqa: S308


@register.simple_tag
def lang(code: str) -> SafeString:
    """The attribute that says which language a text is in, with a space before it; nothing for the page's own."""
    return SafeString("") if code == get_language() else format_html(' lang="{}"', code)


@register.filter
def language_name(code: str) -> str:
    """A language's name in the reader's own language; its code where nobody knows a name."""
    try:
        return Locale.parse(code, sep="-").get_display_name(get_language() or "en") or code
    except (ValueError, UnknownLocaleError):
        return code


@register.filter
def money(amount: Amount) -> str:
    """A sum with its currency and how exactly the source gives it: “about USD 14,300,000”."""
    figures = [f"{amount.currency} {_figure(value)}" for value in (amount.value, amount.value_max) if value is not None]
    if amount.qualifier == AmountQualifier.RANGE:
        return _("between %(least)s and %(most)s") % {"least": figures[0], "most": figures[-1]}
    if amount.qualifier == AmountQualifier.EXACT:
        return figures[0]
    return f"{amount.get_qualifier_display()} {figures[0]}"


def _figure(value: Decimal) -> str:
    whole = value.to_integral_value()
    return intcomma(int(whole)) if whole == value else intcomma(value)


@register.filter
def status_definition(code: str) -> str:
    """What a status means, in a sentence."""
    return str(Status(code).definition)


@register.inclusion_tag("components/distribution.html")
def distribution(choices: Sequence[Choice], caption: str, *, wide: bool = False) -> dict[str, Any]:
    """How many commitments have each status: a bar, and the numbers behind it, each linked to its list.

    `wide` sets the numbers in a line under the bar instead of a table.
    """
    total = sum(choice.count for choice in choices)
    bars, start = [], 0.0
    for choice in choices:
        length = BAR_LENGTH * choice.count / total if total else 0
        bars.append({"choice": choice, "start": f"{start:.3f}", "length": f"{length:.3f}"})
        start += length
    return {"bars": bars, "total": total, "caption": caption, "wide": wide}
