"""The matrix as CSV: streamed, one row a commitment and party, from an allow-list of columns of its own."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.utils.translation import gettext_lazy as _

from commitments.codelists import DatePrecision, Role, Status
from commitments.exports.columns import SEPARATOR, Column, ExportContext
from commitments.exports.csv import BATCH, Echo, text
from commitments.filters import CommitmentFilter
from commitments.matrices import Cell, Row, columns, rows
from commitments.models import Commitment
from commitments.timetravel import as_they_stood
from commitments.uncertain_dates import UncertainDate


@dataclass(frozen=True)
class Line:
    """A commitment, and what one party is to it."""

    commitment: Commitment
    cell: Cell

    @property
    def own_status(self) -> Status | None:
        """A maker's own status; None for who is no maker."""
        return self.cell.standing.status if self.cell.standing else None

    @property
    def own_since(self) -> UncertainDate | None:
        return self.cell.standing.since if self.cell.standing else None


def _iso(date: UncertainDate | None) -> str | None:
    return date.iso if date else None


def _precision(date: UncertainDate | None) -> str | None:
    return date.precision.value if date else None


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "code", _("Code"), _("The commitment's public code. It never changes."), lambda n, _x: n.commitment.code, "code"
    ),
    Column(
        "address",
        _("Address"),
        _("Its page on this site."),
        lambda n, x: f"{x.site}{n.commitment.get_absolute_url()}",
        "address",
    ),
    Column("title", _("Title"), _("What is promised, in one line of our own."), lambda n, _x: n.commitment.title),
    Column(
        "summit",
        _("Summit"),
        _("The code of the summit at which it was made."),
        lambda n, _x: n.commitment.summit.code,
        "code",
    ),
    Column(
        "commitment_status",
        _("Overall status"),
        _("Where the commitment as a whole stands."),
        lambda n, _x: n.commitment.status,
        "code",
        Status,
    ),
    Column(
        "commitment_status_label",
        _("Overall status"),
        _("The same in words."),
        lambda n, _x: str(Status(n.commitment.status).label),
    ),
    Column(
        "commitment_status_since",
        _("Overall status since"),
        _("When that status began, as exactly as its source."),
        lambda n, _x: _iso(n.commitment.status_since),
        "date",
    ),
    Column(
        "commitment_status_since_precision",
        _("Precision of that date"),
        _("Whether it is a day, a month, a quarter or a year."),
        lambda n, _x: _precision(n.commitment.status_since),
        "code",
        DatePrecision,
    ),
    Column("party", _("Party"), _("The party's name in addresses."), lambda n, _x: n.cell.party.slug, "code"),
    Column("party_name", _("Party's name"), _("The party in words."), lambda n, _x: n.cell.party.name),
    Column(
        "party_country",
        _("Country"),
        _("ISO 3166-1 alpha-3 code; empty for who is no country."),
        lambda n, _x: n.cell.party.alpha3,
        "code",
    ),
    Column(
        "roles",
        _("Roles"),
        _("What the party is to the commitment."),
        lambda n, _x: SEPARATOR.join(role.value for role in n.cell.roles),
        "codes",
        Role,
    ),
    Column(
        "role_labels",
        _("Roles"),
        _("The same in words."),
        lambda n, _x: SEPARATOR.join(str(role.label) for role in n.cell.roles),
    ),
    Column(
        "status",
        _("Status of the party"),
        _("Where this maker itself stands with it; empty for who is no maker."),
        lambda n, _x: n.own_status,
        "code",
        Status,
    ),
    Column(
        "status_label",
        _("Status of the party"),
        _("The same in words."),
        lambda n, _x: str(n.own_status.label) if n.own_status else None,
    ),
    Column(
        "status_since",
        _("Status of the party since"),
        _("When that status began, as exactly as its source."),
        lambda n, _x: _iso(n.own_since),
        "date",
    ),
    Column(
        "status_since_precision",
        _("Precision of that date"),
        _("Whether it is a day, a month, a quarter or a year."),
        lambda n, _x: _precision(n.own_since),
        "code",
        DatePrecision,
    ),
    Column(
        "only_the_whole",
        _("Not assessed on its own"),
        _("1 if the commitment as a whole has a status and this maker has none of its own; else 0."),
        lambda n, _x: int(n.cell.only_the_whole),
        "number",
    ),
    Column(
        "evidence",
        _("Evidence"),
        _("Where this site tells of the development that gave the party its status, with its sources."),
        lambda n, x: f"{x.site}{n.cell.evidence}" if n.cell.evidence else None,
        "address",
    ),
)


def stream(commitment_filter: CommitmentFilter, context: ExportContext) -> Iterator[str]:
    """The lines of the file, the header first, commitments in the list's order, every maker of the list's a party."""
    writer = csv.writer(Echo())
    yield writer.writerow([column.name for column in COLUMNS])
    parties = columns(commitment_filter, most=None).parties
    # The list's own joins are dropped but for the summit.
    listed = commitment_filter.rows.prefetch_related(None)
    for batch in batched(listed.iterator(chunk_size=BATCH), BATCH):
        for row in rows(as_they_stood(batch, context.moment), parties, context.moment):
            for line in _lines(row):
                yield writer.writerow([text(column.value(line, context)) for column in COLUMNS])


def _lines(row: Row) -> Iterator[Line]:
    return (Line(row.commitment, cell) for cell in row.cells if cell is not None)
