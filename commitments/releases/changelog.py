"""What changed since the release before: statuses, and records that came, changed, were merged or taken back."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models.fields.json import KT

from commitments.codelists import PUBLIC_PUBLICATIONS, Publication, Status
from commitments.exports.cells import safe
from commitments.exports.column import iso
from commitments.exports.csv import header, written
from commitments.models import Revision
from commitments.releases import of_entries
from commitments.releases.codebook import cell
from commitments.releases.facts import Facts
from commitments.releases.known import Known, Row
from commitments.releases.tables import LOG

ADDED, CHANGED, MERGED, RETRACTED = "added", "changed", "merged", "retracted"
_TITLES = {
    ADDED: "Records added",
    CHANGED: "Records changed",
    MERGED: "Records merged into another",
    RETRACTED: "Records retracted",
}


@dataclass(frozen=True)
class Change:
    """What became of one record since the release before, and with which revision last."""

    what: str
    code: str
    title: str
    merged_into: str
    number: int
    at: str
    reason: str


@dataclass(frozen=True)
class Changelog:
    """The changes, as lines of the status log (column by column) and as records."""

    facts: Facts
    statuses_csv: bytes
    statuses: list[Row]
    records: list[Change]


def changelog(facts: Facts, known: Known) -> Changelog:
    """What changed since the release before. Nothing is listed where there is none: all of it is new."""
    if facts.previous is None:
        return Changelog(facts, header(LOG[0].columns), [], [])
    lines: list[Row] = []
    pieces = [header(LOG[0].columns)]
    since = facts.previous.known_at
    table = replace(LOG[0], rows=lambda known, said: of_entries.status_changes(known, said, after=since))
    for said in known.batches():
        rows = list(table.rows(known, said))
        if rows:
            lines += rows
            pieces.append(written(table.chunk(known, said, facts.context)))
    return Changelog(facts, b"".join(pieces), lines, list(_records(facts, known)))


def _records(facts: Facts, known: Known) -> Iterator[Change]:
    assert facts.previous is not None
    since = facts.previous.known_at
    rows = Revision.objects.filter(recorded_at__gt=since, recorded_at__lte=known.known_at) | known.retractions().filter(
        recorded_at__gt=since
    )
    told = rows.order_by("pk").annotate(said=KT("snapshot__publication"), into=KT("snapshot__merged_into"))
    last = {
        row["commitment__code"]: row
        for row in told.values("commitment__code", "commitment", "number", "recorded_at", "reason", "said", "into")
    }
    before = _public_before(facts, [row["commitment"] for row in last.values()])
    titles = _titles(known, last)
    for code, row in sorted(last.items()):
        what = _what(row["said"], was_public=row["commitment"] in before)
        if what and (what in (MERGED, RETRACTED) or code in known.codes):
            yield Change(
                what=what,
                code=code,
                title=titles.get(code, ""),
                merged_into=row["into"] or "",
                number=row["number"],
                at=row["recorded_at"].isoformat(),
                reason=row["reason"],
            )


def _what(said: str, *, was_public: bool) -> str:
    if said in PUBLIC_PUBLICATIONS:
        return CHANGED if was_public else ADDED
    # What no release had is missed by none.
    if not was_public:
        return ""
    return MERGED if said == Publication.MERGED else RETRACTED


def _public_before(facts: Facts, commitments: Iterable[int]) -> set[int]:
    """Which of these the release before had, or might have had."""
    assert facts.previous is not None
    rows = Revision.objects.filter(commitment__in=list(commitments), recorded_at__lte=facts.previous.known_at)
    last = dict(rows.order_by("pk").annotate(said=KT("snapshot__publication")).values_list("commitment", "said"))
    return {pk for pk, said in last.items() if said in PUBLIC_PUBLICATIONS}


def _titles(known: Known, codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    keys = [pk for code, pk in known.revisions if code in wanted]
    rows = Revision.objects.filter(pk__in=keys).order_by().annotate(title=KT("snapshot__title"))
    return dict(rows.values_list("commitment__code", "title"))


def records_csv(log: Changelog) -> str:
    """`changed-records.csv`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["change", "code", "title", "merged_into", "revision", "recorded_at", "reason"])
    for one in log.records:
        writer.writerow([one.what, one.code, safe(one.title), one.merged_into, one.number, one.at, safe(one.reason)])
    return buffer.getvalue()


def markdown(log: Changelog) -> str:
    """`CHANGELOG.md`."""
    facts = log.facts
    lines = [f"# Changes of {facts.version}", ""]
    if facts.previous is None:
        return "\n".join([*lines, "This is the first release: all of it is new.", ""])
    lines += [
        f"Since {facts.previous.version}, which holds what this site said at {facts.previous.known_at.isoformat()}.",
        "",
    ]
    lines += [f"## Status changes ({len(log.statuses)})", ""]
    lines += [_status_line(row) for row in log.statuses] or ["None."]
    for what, title in _TITLES.items():
        found = [one for one in log.records if one.what == what]
        lines += ["", f"## {title} ({len(found)})", ""]
        lines += [_record_line(one) for one in found] or ["None."]
    return "\n".join([*lines, ""])


def _status_line(row: Row) -> str:
    who = f" ({cell(row['party__name'])})" if row["party__name"] else ""
    change = f"{Status(row['from_status']).label} → {Status(row['to_status']).label}"
    effective = iso(row["effective_start"], row["effective_precision"])
    return (
        f"- **{row['commitment__code']}**{who}: {change}, effective {effective},"
        f" recorded {row['recorded_at'].date().isoformat()} – {cell(row['commitment__title'])}"
    )


def _record_line(one: Change) -> str:
    into = f" into {one.merged_into}" if one.merged_into else ""
    title = f" – {cell(one.title)}" if one.title else ""
    reason = f" ({cell(one.reason)})" if one.reason else ""
    return f"- **{one.code}**{into}{title}{reason}"
