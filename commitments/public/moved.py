"""Addresses that lead on for good, with what their query asks for: an earlier day that it names stays asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse


def moved(request: HttpRequest, page: str, *arguments: Any, **named: Any) -> HttpResponsePermanentRedirect:
    """A redirect for good to the page of this name and these arguments, with the same query."""
    return redirect(reverse(page, args=arguments, kwargs=named, query=request.GET or None), permanent=True)


def in_capitals[R: HttpResponseBase](
    name: str,
) -> Callable[[Callable[..., R]], Callable[..., R | HttpResponsePermanentRedirect]]:
    """A decorator of a view whose argument `name` is a code: in small letters it leads to the same in capitals."""

    def decorated(view: Callable[..., R]) -> Callable[..., R | HttpResponsePermanentRedirect]:
        @wraps(view)
        def answered(request: HttpRequest, **arguments: Any) -> R | HttpResponsePermanentRedirect:
            code = arguments[name]
            match = request.resolver_match
            if match is not None and code != code.upper():
                return moved(request, match.view_name, **{**match.kwargs, name: code.upper()})
            return view(request, **arguments)

        return answered

    return decorated
