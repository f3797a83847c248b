"""What an address of the API answers when it cannot give what was asked: always JSON, with a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

type Errors = Mapping[str, Sequence[str]]


class Refused(APIException):
    """400: a parameter is unknown or malformed. `errors` names each with what is wrong."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_detail = _("The request has parameters that this address does not understand.")

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


class Gone(APIException):
    """410: it was public and was taken back."""

    status_code = status.HTTP_410_GONE
    default_detail = _("This was retracted. Its page on this site says when and why.")


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error; None for a fault of ours."""
    if isinstance(error, SuspiciousOperation):
        # Such as more parameters than a request may have.
        return Response({"detail": str(error)}, status=status.HTTP_400_BAD_REQUEST)
    response = exception_handler(error, context)
    if response is not None and isinstance(error, Refused):
        response.data = {"detail": str(error.detail), "errors": error.errors}
    return response
