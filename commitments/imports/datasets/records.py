"""What the rows of a file say: commitments, and what somebody found of each of their makers. Writes nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from commitments.codelists import Status
from commitments.imports.datasets.mapping import SummitMap
from commitments.models import Document, Party, Sector
from commitments.uncertain_dates import UncertainDate


@dataclass(frozen=True)
class Found:
    """One statement of the file: of a maker, or with none of the whole, from a day on. `text` is what stands there."""

    row: int
    column: str
    text: str
    party: Party | None
    status: Status
    happened: UncertainDate
    urls: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int | None, UncertainDate]:
        """What can be said once."""
        return (self.party.pk if self.party else None, self.happened)


@dataclass
class Record:
    """One commitment of the file, from its first row; a long file or a history adds the statements of others."""

    identifier: str
    code: str
    row: int
    title: str = ""
    summary: str = ""
    summit: SummitMap | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    made: UncertainDate | None = None
    due: UncertainDate | None = None
    sectors: tuple[str, ...] = ()
    makers: dict[int, Party] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return bool(self.title or self.summary)


@dataclass
class Known:
    """What the mapping and the file name and we hold: by what they call it."""

    parties: Mapping[str, Party] = field(default_factory=dict)
    makers: tuple[Party, ...] = ()
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    words: Mapping[str, Status] = field(default_factory=dict)
    report: Document | None = None


def code_of(prefix: str, identifier: str) -> str:
    """The code of a commitment that the file calls so: the same whenever it is imported."""
    return f"{prefix}-{re.sub(r'[^A-Z0-9]+', '-', identifier.upper()).strip('-')}"
