"""How two snapshots of a record differ, field by field, for people. Pure: reads no table and no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commitments.names import NO_NAMES, Names
from commitments.said import RECORD, Rows, keyed, legible, says_nothing
from commitments.snapshots import Snapshot

_STANDING = ("publication", "merged_into")
_PUBLICATION = Rows(RECORD.label, RECORD.key, RECORD.name, {name: RECORD.fields[name] for name in _STANDING})
type Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Difference:
    """One place of the record, and what it said before and after; empty where it said nothing."""

    label: str
    before: str
    after: str

    @property
    def kind(self) -> Change:
        """Whether something came, went or became something else."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def differences(before: Snapshot, after: Snapshot, names: Names = NO_NAMES) -> list[Difference]:
    """Every place in which two snapshots differ, in the order of the record.

    Rows of lists (parties, sums, wordings, developments and their sources) are told apart by what does not change in
    them. Beside a retraction only the publication is compared: what was taken back is not said again.
    """
    if says_nothing(before) or says_nothing(after):
        return list(_fields(_PUBLICATION, before, after, "", names))
    return list(_between(RECORD, legible(before), legible(after), "", names))


def _between(schema: Rows, before: Snapshot, after: Snapshot, place: str, names: Names) -> Iterator[Difference]:
    yield from _fields(schema, before, after, place, names)
    for name, part in schema.rows.items():
        old, new = keyed(part, before.get(name, [])), keyed(part, after.get(name, []))
        for key in dict.fromkeys((*old, *new)):
            yield from _rows(part, old.get(key), new.get(key), place, names)


def _fields(schema: Rows, before: Snapshot, after: Snapshot, place: str, names: Names) -> Iterator[Difference]:
    for name, field in schema.fields.items():
        old, new = field.text(before.get(name), names), field.text(after.get(name), names)
        # Compared by what they say: a value that was written in another form says nothing new.
        if old != new:
            yield Difference(_joined(place, str(field.label)), old, new)


def _rows(
    schema: Rows, before: Snapshot | None, after: Snapshot | None, place: str, names: Names
) -> Iterator[Difference]:
    """A row on both sides place by place; one on one side only as a whole."""
    if before is not None and after is not None:
        yield from _between(schema, before, after, _joined(place, schema.name(after, names)), names)
        return
    row = before if after is None else after
    assert row is not None
    label = _joined(place, str(schema.label))
    said = _in_one_line(schema, row, names)
    yield Difference(label, said, "") if after is None else Difference(label, "", said)


def _in_one_line(schema: Rows, row: Snapshot, names: Names) -> str:
    said = [(field.label, field.text(row.get(name), names)) for name, field in schema.fields.items()]
    said += [(part.label, part.name(inner, names)) for name, part in schema.rows.items() for inner in row.get(name, [])]
    return " · ".join([schema.name(row, names), *(f"{label}: {text}" for label, text in said if text)])


def _joined(place: str, label: str) -> str:
    return f"{place}: {label}" if place else label
