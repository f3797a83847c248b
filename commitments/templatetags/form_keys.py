"""Every form that posts carries a key that is used once, beside its token against forged requests."""

import secrets
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from commitments.once import FIELD

register = template.Library()


class FormKeyNode(CsrfTokenNode):
    """Django's hidden field, and a second one with a key that no other form has."""

    def render(self, context: Context) -> Any:
        field = super().render(context)
        return format_html('{}<input type="hidden" name="{}" value="{}">', field, FIELD, new_key())


def new_key() -> str:
    """A key that nobody guesses and no other form has."""
    return secrets.token_urlsafe(18)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormKeyNode:
    """In place of Django's tag: so no form can be without, neither ours nor one of Django's own pages."""
    return FormKeyNode()
