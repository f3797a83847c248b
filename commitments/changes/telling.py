"""What is told of one commitment: from what it said before and what it says now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.codelists import MAKER_ROLES, DefinedChoices, DevelopmentKind, Status
from commitments.differences import differences
from commitments.models import Revision
from commitments.names import Names
from commitments.snapshots import Snapshot
from commitments.uncertain_dates import UncertainDate


class Kind(DefinedChoices):
    """What became of a commitment."""

    PUBLISHED = "published", _("It is public now, for the first time or again."), _("Newly published")
    CHANGED = "changed", _("It says something else than before."), _("Changed")
    RETRACTED = "retracted", _("It was taken back."), _("Retracted")
    MERGED = "merged", _("Another record took its place."), _("Merged")


@dataclass(frozen=True)
class Move:
    """A status that moved: of the commitment or, with `party`, of one maker. `why` is the entry that moved it."""

    before: str
    after: str
    since: str
    party: str = ""
    why: str = ""
    entry: int | None = None

    @property
    def before_label(self) -> str:
        return str(Status(self.before).label)

    @property
    def after_label(self) -> str:
        return str(Status(self.after).label)

    @property
    def since_text(self) -> str:
        return _text(self.since)


@dataclass(frozen=True)
class Entry:
    """A new development. A correction says what it corrects, and `note` why."""

    id: int
    kind: str
    happened: str
    summary: str
    status: str = ""
    party: str = ""
    note: str = ""
    corrects: int | None = None

    @property
    def kind_label(self) -> str:
        return str(DevelopmentKind(self.kind).label)

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label) if self.status else ""

    @property
    def happened_text(self) -> str:
        return _text(self.happened)

    @property
    def is_correction(self) -> bool:
        return self.kind == DevelopmentKind.CORRECTION


@dataclass(frozen=True)
class Edit:
    """A place of the record, and what it said before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of one commitment. Of one that was taken back nothing is said but its code."""

    code: str
    kind: str
    revision: int
    at: str
    title: str = ""
    status: str = ""
    is_again: bool = False
    merged_into: str = ""
    moves: list[Move] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label) if self.status else ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell."""
        return self.kind != Kind.CHANGED or bool(self.moves or self.entries or self.edits)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @classmethod
    def of_json(cls, content: dict[str, Any]) -> "Change":
        """What `as_json` gave, read again."""
        rows = {"moves": Move, "entries": Entry, "edits": Edit}
        parts = {name: [row(**one) for one in content[name]] for name, row in rows.items()}
        return cls(**{**content, **parts})


def of_retraction(revision: Revision, code: str) -> Change:
    """That it was taken back, and nothing else."""
    return Change(code, Kind.RETRACTED.value, revision.number, _moment(revision))


def of_merge(revision: Revision, code: str, title: str) -> Change:
    """That another record took its place, and which."""
    return Change(
        code,
        Kind.MERGED.value,
        revision.number,
        _moment(revision),
        title=title,
        merged_into=revision.snapshot.get("merged_into", ""),
        reasons=[revision.reason],
    )


def of_publication(revision: Revision, *, is_again: bool) -> Change:
    """That it is public now, with its title and where it stands."""
    now = revision.snapshot
    return Change(
        now["code"],
        Kind.PUBLISHED.value,
        revision.number,
        _moment(revision),
        title=now["title"],
        status=now["status"],
        is_again=is_again,
    )


def of_change(before: Snapshot, revisions: Sequence[Revision], names: Names) -> Change:
    """From what it said `before` to the last of these revisions."""
    last = revisions[-1]
    now = last.snapshot
    known = {row["id"] for row in before["developments"]}
    old, new = _text_of(before, known), _text_of(now, known)
    return Change(
        now["code"],
        Kind.CHANGED.value,
        last.number,
        _moment(last),
        title=now["title"],
        status=now["status"],
        moves=_moves(before, now, names),
        entries=[_entry(row, names) for row in now["developments"] if row["id"] not in known],
        edits=[Edit(one.label, one.before, one.after) for one in differences(old, new, names)],
        reasons=_reasons(before, revisions, known),
    )


def _moves(before: Snapshot, now: Snapshot, names: Names) -> list[Move]:
    found = []
    if before["status"] != now["status"]:
        found.append(_move(before["status"], now, now, None, names))
    makers = [row for row in now["parties"] if row["role"] in MAKER_ROLES]
    if len({row["party"] for row in makers}) > 1:
        was = {row["party"]: row["status"] for row in before["parties"] if row["role"] in MAKER_ROLES}
        moved = {row["party"]: row for row in makers if was.get(row["party"], row["status"]) != row["status"]}
        found += [_move(was[party], row, now, party, names) for party, row in moved.items()]
    return found


def _move(before: str, standing: Snapshot, now: Snapshot, party: str | None, names: Names) -> Move:
    why = _why(now["developments"], standing["status"], party)
    return Move(
        before,
        standing["status"],
        standing["status_since"] or "",
        party=names.parties.get(party, party) if party else "",
        why=why["summary"] if why else "",
        entry=why["id"] if why else None,
    )


def _why(entries: Sequence[Snapshot], status: str, party: str | None) -> Snapshot | None:
    """The last entry that supports a status, of the maker or of all, and was not corrected."""
    corrected = {row["corrects"] for row in entries}
    supports = [row for row in entries if row["status"] == status and row["id"] not in corrected]
    if party is not None:
        supports = [row for row in supports if row["party"] in (None, party)]
    return supports[-1] if supports else None


def _entry(row: Snapshot, names: Names) -> Entry:
    return Entry(
        id=row["id"],
        kind=row["kind"],
        happened=row["happened"],
        summary=row["summary"],
        status=row["status"],
        party=names.parties.get(row["party"], row["party"]) if row["party"] else "",
        note=row["note"],
        corrects=row["corrects"],
    )


def _reasons(before: Snapshot, revisions: Sequence[Revision], known: set[int]) -> list[str]:
    """Why the record itself was edited: the reasons of the revisions that changed more than entries and statuses."""
    reasons: dict[str, None] = {}
    text = _text_of(before, known)
    for revision in revisions:
        following = _text_of(revision.snapshot, known) if "title" in revision.snapshot else text
        if following != text:
            reasons[revision.reason] = None
        text = following
    return [reason for reason in reasons if reason]


def _text_of(snapshot: Snapshot, known: set[int]) -> Snapshot:
    """A record without what is told otherwise: its statuses, its last check, and entries that are new."""
    return {
        **snapshot,
        "schema": None,
        "codebook": None,
        "status": "",
        "status_since": None,
        "last_checked_on": None,
        "parties": [{**row, "status": "", "status_since": None} for row in snapshot["parties"]],
        "developments": [row for row in snapshot["developments"] if row["id"] in known],
    }


def _moment(revision: Revision) -> str:
    return revision.recorded_at.astimezone(dt.UTC).isoformat(timespec="seconds")


def _text(date: str) -> str:
    return str(UncertainDate.parse(date)) if date else ""
