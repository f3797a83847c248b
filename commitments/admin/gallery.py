"""What the public pages are made of, every part in every state, on invented records. Nothing here is stored."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.codelists import (
    DevelopmentKind,
    DocumentKind,
    DueBasis,
    EvidenceRole,
    Flag,
    Provenance,
    SourceKind,
    Status,
    Strength,
)
from commitments.facets import Choice, Facet
from commitments.models import Commitment, CommitmentParty, Development, Document, Evidence, Party, Sector, Summit
from commitments.uncertain_dates import UncertainDate

TODAY = dt.date(2025, 6, 1)
COLOURS = (
    "paper sheet line line-strong ink-soft ink link link-visited link-hover masthead button focus focus-fill mark "
    "warn error success"
).split()


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(
        request,
        "admin/gallery.html",
        {
            "today": TODAY,
            "colours": COLOURS,
            "statuses": list(Status),
            "flags": list(Flag),
            "since": UncertainDate.parse("2024-02"),
            "choices": _choices(),
            "facet": Facet("status", _("Status"), _choices()),
            "long_facet": Facet("sector", _("Sector"), _sectors()),
            "radios": Facet("role", _("Role"), [_choice("maker", 3), _choice("addressee", 2, selected=True)]),
            "commitments": [
                _commitment("EXAMPLE-01", Status.DELIVERED, due="2023-12"),
                _commitment("EXAMPLE-02", Status.IN_PROGRESS, due="2024", checked=False),
                _commitment("EXAMPLE-03", Status.NOT_ASSESSED, strength=Strength.DISCUSSED),
            ],
            "developments": _developments(),
            "chosen": {"chips": [_chip(_("Country"), "Kazakhstan"), _chip(_("Status"), Status.STALLED.label)]},
            "page": Paginator(range(75), 25).page(2),
            "neighbours": {"previous": "?page=1", "next": "?page=3"},
        },
    )


def _choice(value: str, count: int, *, selected: bool = False, children: Sequence[Choice] = ()) -> Choice:
    return Choice(value, value.capitalize(), count, selected, f"?status={value}", children=list(children))


def _choices() -> list[Choice]:
    return [
        Choice(status.value, str(status.label), number, selected=number == 1, query=f"?status={status.value}")
        for number, status in enumerate(Status)
    ]


def _sectors() -> list[Choice]:
    """So many that their list scrolls, the first with some of its own."""
    children = [_choice("31110", 2, selected=True), _choice("31120", 0)]
    return [_choice("311", 2, children=children), *(_choice(str(number), number) for number in range(312, 322))]


def _chip(label: str, value: object) -> dict[str, object]:
    return {"label": label, "value_label": value, "query": "?"}


def _commitment(
    code: str,
    status: Status,
    *,
    due: str = "",
    strength: Strength = Strength.PLEDGED,
    checked: bool = True,
) -> Commitment:
    known = status != Status.NOT_ASSESSED
    commitment = Commitment(
        pk=1,
        code=code,
        title=_("Build a railway between two cities"),
        summary=_("The two governments will build a railway and open it within two years."),
        summit=Summit(code="EXAMPLE", name=_("The summit of an example"), starts_on=dt.date(2023, 9, 19)),
        status=status,
        strength=strength,
        due_basis=DueBasis.STATED if due else "",
        next_check_on=TODAY + dt.timedelta(days=90 if checked else -90),
    )
    _dated(commitment, made="2023-09-19", due=due, status_since="2024-02-08" if known else "")
    # As `for_list()` calls them.
    commitment.makers = [CommitmentParty(party=Party(name="Kazakhstan", slug="kazakhstan"))]  # type: ignore[attr-defined]
    commitment.in_sectors = [Sector(code="21030", name="Rail transport", short_label="Rail")]  # type: ignore[attr-defined]
    return commitment


def _developments() -> list[Development]:
    railway = _commitment("EXAMPLE-01", Status.DELIVERED)
    wrong = _development(railway, 1, "2024-02", _("An entry that was found to be wrong."), status=Status.STALLED)
    correction = _development(
        railway,
        2,
        "2024-02",
        _("The works had not stopped."),
        kind=DevelopmentKind.CORRECTION,
        corrects=wrong,
        note=_("The source spoke of another line."),
        published_at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC),
    )
    wrong.correction = correction
    check = _development(
        railway, 3, "2024-03-04", _("No news was found."), kind=DevelopmentKind.CHECK, searched=_("Two newspapers.")
    )
    reply = _development(
        railway,
        4,
        "2024-05",
        _("The party answers."),
        kind=DevelopmentKind.REPLY,
        party=Party(name="Kazakhstan", slug="kazakhstan", abolished_on=dt.date(2025, 7, 1)),
    )
    opened = _development(railway, 5, "2024-Q2", _("The **line** was opened."), status=Status.DELIVERED)
    _prefetched(opened, evidence=[_evidence(), _evidence(caution=_("The only source is the ministry's own page."))])
    return [opened, reply, check, correction, wrong]


def _development(commitment: Commitment, pk: int, happened: str, summary: str, **fields: Any) -> Development:
    development = Development(pk=pk, commitment=commitment, summary=summary, **fields)
    _dated(development, happened=happened)
    _prefetched(development, evidence=[])
    return development


def _evidence(*, caution: str = "") -> Evidence:
    document = Document(
        pk=1,
        title=_("The line is open"),
        publisher=_("The Gazette"),
        kind=DocumentKind.NEWS_REPORT,
        source_kind=SourceKind.SECONDARY,
        language="en",
        url="https://gazette.example/line",
        caution=caution,
    )
    _dated(document, dated="2024-06-30")
    return Evidence(
        document=document,
        role=EvidenceRole.ESTABLISHES,
        provenance=Provenance.THIRD_PARTY,
        confidence="medium" if caution else "high",
        locator=_("paragraph 2"),
        quotation="" if caution else "The first train left at noon.",
    )


def _dated(record: Commitment | Development | Document, **dates: str) -> None:
    """Give a record these uncertain dates, which its constructor does not take."""
    for name, date in dates.items():
        setattr(record, name, UncertainDate.parse(date) if date else None)


def _prefetched(record: Commitment | Development, **related: list[Any]) -> None:
    """Give an unsaved record the rows that a template asks it for."""
    record._prefetched_objects_cache = related  # type: ignore[union-attr] # what prefetch_related fills
