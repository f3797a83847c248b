"""A pledge of several undertakings, taken apart: each becomes a record of its own that is part of the whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions import commitments
from commitments.actions.errors import Refused
from commitments.actions.saving import save_valid
from commitments.actions.settling import lock
from commitments.codelists import DueBasis, Publication, RelationKind
from commitments.models import Commitment, CommitmentParty, Relation, User, Wording

# What a part has from the whole until an editor says otherwise.
FROM_THE_WHOLE = (
    "summit",
    "classification",
    "kind",
    "strength",
    "firmness",
    "novelty",
    "collectivity",
    "verifiability",
    "verifiability_note",
    "condition",
    "review_interval_days",
)
WORDING = ("document", "paragraph", "sentence", "locator", "verb", "strength", "language", "quotation", "translation")
FEWEST = 2


@dataclass(frozen=True)
class Part:
    """One undertaking: the code that its record gets, and what it promises in our words."""

    code: str
    title: str
    summary: str


@transaction.atomic
def split(
    *, by: User, commitment: Commitment, parts: Sequence[Part], at: dt.datetime | None = None
) -> list[Commitment]:
    """Make a draft of every part, with the parties, sectors, dates and wordings of the whole; return them.

    The whole stays as it is. Raises `Refused` when there are not several parts or the whole is gone from the public,
    `ValidationError` when a part says something wrong or its code is taken.
    """
    if len(parts) < FEWEST:
        raise Refused(_("A pledge is split into two parts or more."))
    whole = lock(commitment)
    if whole.publication in (Publication.RETRACTED, Publication.MERGED):
        raise Refused(
            _("%(code)s is “%(state)s”: it is not split.")
            % {"code": whole.code, "state": whole.get_publication_display()}
        )
    return [_create(by, whole, part, at) for part in parts]


def _create(by: User, whole: Commitment, part: Part, at: dt.datetime | None) -> Commitment:
    made = Commitment(code=part.code, title=part.title, summary=part.summary)
    for name in FROM_THE_WHOLE:
        setattr(made, name, getattr(whole, name))
    made.made, made.due, made.due_basis = whole.made, whole.due, DueBasis(whole.due_basis)

    def write() -> None:
        made.sectors.set(whole.sectors.all())
        made.sdg_targets.set(whole.sdg_targets.all())
        for row in whole.parties.order_by("pk"):
            save_valid(CommitmentParty(commitment=made, party_id=row.party_id, role=row.role), by)
        for wording in whole.wordings.select_related("document").order_by("pk"):
            copied = {name: getattr(wording, name) for name in WORDING}
            save_valid(Wording(commitment=made, **copied), by)
        save_valid(Relation(source=made, kind=RelationKind.PART_OF, target=whole), by)

    return commitments.create(by=by, commitment=made, write=write, at=at)
