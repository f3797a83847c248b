"""What becomes of the commitments of a body that was abolished: decided by an editor, for many in one go."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions import commitments, developments
from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import save_valid
from commitments.actions.settling import lock_all
from commitments.codelists import MAKER_ROLES, RESPONSIBLE_ROLES, DefinedChoices, EvidenceRole, Publication
from commitments.models import Commitment, CommitmentParty, Development, Document, Evidence, Party, User
from commitments.models.commitments import CommitmentQuerySet
from commitments.uncertain_dates import UncertainDate

# Nobody follows these any longer.
_LEFT = (Publication.CLOSED, Publication.RETRACTED, Publication.MERGED)


class Step(DefinedChoices):
    """What is done with one commitment of an abolished body."""

    KEEP = "keep", gettext_lazy("Nothing: it stays as it is, flagged as orphaned."), gettext_lazy("Nothing for now")
    HAND_OVER = (
        "hand_over",
        gettext_lazy("The successor becomes a party in the same role; the body stays on the record."),
        gettext_lazy("Add the successor in its role"),
    )
    LOG = (
        "log",
        gettext_lazy("A draft development says that the body was abolished, with a source."),
        gettext_lazy("Draft a development that says so"),
    )
    CLOSE = "close", gettext_lazy("Nobody follows it any longer; it stays public."), gettext_lazy("Close it")


@dataclass(frozen=True)
class Decision:
    """What an editor decided about one commitment, and the version of it that they read."""

    commitment: Commitment
    version: int
    step: Step


def orphans_of(party: Party, *, today: dt.date) -> CommitmentQuerySet:
    """The commitments that the abolition of this body leaves, settled or left ones aside; none if it goes on.

    An abolition that lies ahead counts already: whoever enters it wants to know what it will leave.
    """
    if party.abolished_on is None:
        return Commitment.objects.none()
    responsible = CommitmentParty.objects.filter(party=party, role__in=RESPONSIBLE_ROLES)
    orphaned = Commitment.objects.orphaned(max(today, party.abolished_on))
    return orphaned.filter(pk__in=responsible.values("commitment")).exclude(publication__in=_LEFT).order_by("code")


@transaction.atomic
def decide(
    *,
    by: User,
    party: Party,
    decisions: Sequence[Decision],
    reason: str,
    document: Document | None = None,
    at: dt.datetime | None = None,
) -> list[Decision]:
    """Do with each commitment what was decided, all or nothing. Returns the decisions that changed something.

    Raises `Conflict` that names each commitment saved or settled since it was read, `Refused` when the reason, the
    source or the successor is missing that a decision needs.
    """
    at = at or timezone.now()
    wanted = [decision for decision in decisions if decision.step != Step.KEEP]
    problems = _problems(party, wanted, reason, document)
    if problems:
        raise Refused(problems)
    held = _hold(party, wanted, timezone.localdate(at))
    for decision in wanted:
        commitment = held[decision.commitment.pk]
        match decision.step:
            case Step.HAND_OVER:
                _hand_over(by, party, commitment, reason, at)
            case Step.LOG:
                _log(by, party, commitment, document, at)
            case Step.CLOSE:  # pragma: no branch # what is kept is not among what is wanted
                commitments.close(by=by, commitment=commitment, reason=reason, at=at)
    return wanted


def missing_roles(party: Party, rows: Iterable[CommitmentParty]) -> list[str]:
    """The roles in which this body answers for a commitment and its successor, by these rows, does not yet."""
    held = {row.role for row in rows if row.party_id == party.successor_id}
    own = [row.role for row in rows if row.party_id == party.pk and row.role in RESPONSIBLE_ROLES]
    return [role for role in own if role not in held] if party.successor_id else []


def _problems(party: Party, wanted: Sequence[Decision], reason: str, document: Document | None) -> list[str]:
    steps = {decision.step for decision in wanted}
    problems = []
    if steps & {Step.HAND_OVER, Step.CLOSE} and not reason.strip():
        problems.append(_("Say why: the public record changes, and its revision shows the reason."))
    if Step.LOG in steps and document is None:
        problems.append(_("Name the source that says that the body was abolished."))
    if Step.HAND_OVER in steps and party.successor_id is None:
        problems.append(_("%(party)s has no successor: enter it on its form first.") % {"party": party})
    return problems


def _hold(party: Party, wanted: Sequence[Decision], today: dt.date) -> dict[int, Commitment]:
    """The commitments, held, if all are as they were read."""
    held = {one.pk: one for one in lock_all({decision.commitment.pk for decision in wanted})}
    orphans = set(orphans_of(party, today=today).filter(pk__in=held).values_list("pk", flat=True))
    stale = [
        decision.commitment.code
        for decision in wanted
        if decision.commitment.pk not in orphans or held[decision.commitment.pk].version != decision.version
    ]
    if stale:
        message = _("Somebody else saved this meanwhile: %(codes)s. Nothing was written: look at it and decide again.")
        raise Conflict(message % {"codes": ", ".join(stale)})
    return held


def _hand_over(by: User, party: Party, commitment: Commitment, reason: str, at: dt.datetime) -> None:
    roles = missing_roles(party, commitment.parties.all())
    if not roles:
        raise Refused(_("%(code)s has the successor in that role already.") % {"code": commitment.code})

    def write() -> None:
        for role in roles:
            save_valid(CommitmentParty(commitment=commitment, party=party.successor, role=role), by)

    commitments.edit(by=by, commitment=commitment, version=commitment.version, reason=reason, write=write, at=at)


def _log(by: User, party: Party, commitment: Commitment, document: Document | None, at: dt.datetime) -> None:
    # Only a maker bears a status of its own, so only a maker is named as the party that it concerns.
    is_maker = commitment.parties.filter(party=party, role__in=MAKER_ROLES).exists()
    development = Development(
        commitment=commitment, summary=abolition_sentence(party), party=party if is_maker else None
    )
    assert party.abolished_on is not None
    assert document is not None
    development.happened = UncertainDate(party.abolished_on)
    twins = Development.objects.filter(commitment=commitment, summary=development.summary)
    if twins.filter(happened_start=party.abolished_on).exists():
        raise Refused(_("%(code)s has a development that says so already.") % {"code": commitment.code})
    evidence = Evidence(document=document, role=EvidenceRole.ESTABLISHES)
    developments.draft(by=by, development=development, evidence=[evidence], at=at)


def abolition_sentence(party: Party) -> str:
    """What happened, for the draft and as a reason to begin with."""
    if party.successor is not None:
        return _("%(party)s was abolished; %(successor)s succeeded it.") % {
            "party": party,
            "successor": party.successor,
        }
    return _("%(party)s was abolished.") % {"party": party}
