"""Where a commitment's page tells of a development: the same column in several shapes."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from commitments.exports.column import PLACEHOLDER, Cell, Column, Context
from commitments.models import Development


def evidence(definition: str | Promise, *, code: str = "code", development: str = "development") -> Column:
    """The address of an entry, as seen from the context's moment, by what was read as code and as development."""

    def make(context: Context) -> Callable[..., Cell]:
        before, after = reverse("commitment", args=[PLACEHOLDER]).split(PLACEHOLDER)
        query = f"?{urlencode(context.moment.parameters)}" if context.moment else ""

        def cell(of: str, entry: int | None) -> str | None:
            return f"{context.site}{before}{of}{after}{query}#{Development(pk=entry).anchor}" if entry else None

        return cell

    return Column("evidence", _("Evidence"), definition, (code, development), make, "address")
