"""One row a line of the status log: from when on which status held, and since when this site said so."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from commitments.codelists import Status
from commitments.exports.column import Column, Context, Raw, address, coded, dated, plain
from commitments.exports.evidence import evidence
from commitments.exports.shape import Shape, fetch
from commitments.models import StatusChange


def load(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    """What was asked for of these lines of the log."""
    return fetch(StatusChange.objects.all(), keys, names, publication="commitment__publication")


COLUMNS: tuple[Column, ...] = (
    plain("id", _("Number"), _("The line's number. It never changes."), reads="pk", datatype="integer"),
    plain("code", _("Code"), _("The code of the commitment."), reads="commitment__code", datatype="code"),
    address("address", _("Address"), _("Its page on this site."), reads="commitment__code", of="commitment"),
    plain("title", _("Title"), _("The commitment in one line."), reads="commitment__title"),
    plain(
        "party",
        _("Party"),
        _("The name in addresses of the maker whose own status changed; empty for the commitment as a whole."),
        reads="party__slug",
        datatype="code",
    ),
    plain("party_name", _("Party"), _("The same in words."), reads="party__name"),
    plain(
        "party_country",
        _("Country"),
        _("ISO 3166-1 alpha-3 code of that party; empty for who is no country."),
        reads="party__alpha3",
        datatype="code",
    ),
    *coded("from_status", _("From"), _("What this site had said of that day until then."), Status),
    *coded("to_status", _("To"), _("What holds from that day on, until the next line."), Status),
    *dated("effective", _("Effective"), _("When it happened in the world, as exactly as its source.")),
    plain("recorded_at", _("Recorded at"), _("When this site said so."), datatype="moment"),
    plain(
        "development",
        _("Development"),
        _("The number of the development that gave the status; empty when a change of the makers did."),
        datatype="integer",
    ),
    evidence(_("Where this site tells of that development, with its sources."), code="commitment__code"),
)
SHAPE = Shape("status-changes", _("Status changes"), _("One row a line of the status log."), COLUMNS, load)
