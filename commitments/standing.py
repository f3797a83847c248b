"""Where a commitment stands on the day of reading: its flags, and why it has the status it has. Reads, never writes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from commitments.codelists import RESPONSIBLE_ROLES, DevelopmentKind, EvidenceRole, Flag, Provenance, Status
from commitments.models import Commitment, Development, Evidence
from commitments.rules import FlagFacts, flags


def row_flags(commitment: Commitment, *, today: dt.date) -> list[Flag]:
    """The flags that follow from a commitment's own columns, for a row of a list."""
    return flags(_facts(commitment), today=today)


def page_flags(commitment: Commitment, developments: Sequence[Development], *, today: dt.date) -> list[Flag]:
    """Every flag, for a page that holds the commitment's parties and published developments with their evidence."""
    counted = counting(developments)
    evidence = [row for development in counted for row in development.evidence.all()]
    facts = _facts(
        commitment,
        abolitions=[
            row.party.abolished_on
            for row in commitment.parties.all()
            if row.role in RESPONSIBLE_ROLES and row.party.abolished_on
        ],
        provenances=[Provenance(row.provenance) for row in evidence],
        is_contested=_is_contested(commitment, counted, evidence),
    )
    return flags(facts, today=today)


def counting(developments: Sequence[Development]) -> list[Development]:
    """The developments that still count: those that no published one among them corrects."""
    corrected = {development.corrects_id for development in developments}
    return [development for development in developments if development.pk not in corrected]


def _facts(
    commitment: Commitment,
    *,
    abolitions: Sequence[dt.date] = (),
    provenances: Sequence[Provenance] = (),
    is_contested: bool = False,
) -> FlagFacts:
    return FlagFacts(
        status=Status(commitment.status),
        status_since=commitment.status_since,
        due=commitment.due,
        next_check_on=commitment.next_check_on,
        durability=commitment.durability,
        abolitions=abolitions,
        provenances=provenances,
        is_contested=is_contested,
    )


def _is_contested(commitment: Commitment, counted: Sequence[Development], evidence: Sequence[Evidence]) -> bool:
    """Whether evidence speaks against the assessment, or a party replied since the status holds."""
    if any(row.role == EvidenceRole.CONTRADICTS for row in evidence):
        return True
    since = commitment.status_since
    return any(
        development.kind == DevelopmentKind.REPLY and (since is None or development.happened.end >= since.start)
        for development in counted
    )


@dataclass(frozen=True)
class Why:
    """What the status rests on: the development that moved it, and whether it speaks for the whole or for one maker.

    Without a development nobody has assessed the commitment yet.
    """

    development: Development | None
    evidence: Sequence[Evidence] = ()

    @property
    def is_for_the_whole(self) -> bool:
        """Whether the development gave a status to the commitment as a whole, so that no rule was needed."""
        return self.development is not None and self.development.party_id is None


def why(development_id: int | None, developments: Sequence[Development]) -> Why:
    """Why the status holds: `development_id` is the one that the last step of the status over time rests on."""
    for development in developments:
        if development.pk == development_id:
            return Why(development, list(development.evidence.all()))
    return Why(None)
