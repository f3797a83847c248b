"""Double coding: two people score what a commitment's makers did, neither knowing what the other says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.actions.settling import lock
from commitments.codelists import MAKER_ROLES, PUBLIC_PUBLICATIONS, Score
from commitments.models import Assessment, Commitment, Party, User
from commitments.models.assessments import MOST_ASSESSORS


@dataclass(frozen=True)
class Coded:
    """What an assessor says of one maker, and on what grounds."""

    score: Score
    note: str


def open_to(by: User, commitment: Commitment) -> list[Party]:
    """The makers of a commitment whom this person may still score: not twice, and no third person."""
    taken: dict[int, set[int]] = {}
    for party, assessor in Assessment.objects.filter(commitment=commitment).values_list("party", "assessor"):
        taken.setdefault(party, set()).add(assessor)
    makers = Party.objects.filter(
        commitment_parties__commitment=commitment, commitment_parties__role__in=MAKER_ROLES
    ).distinct()
    return [
        party
        for party in makers.order_by("name", "pk")
        if by.pk not in taken.get(party.pk, ()) and len(taken.get(party.pk, ())) < MOST_ASSESSORS
    ]


@transaction.atomic
def record(
    *, by: User, commitment: Commitment, coded: Mapping[int, Coded], at: dt.datetime | None = None
) -> list[Assessment]:
    """Keep one person's scores of some makers, by the party's key. They stand: nobody changes what they said blind.

    Raises `Refused` when there is nothing to keep or the role does not allow it, `Conflict` when somebody scored one of
    these makers as the second meanwhile, or this person did, `ValidationError` when a score lacks its grounds.
    """
    at = at or timezone.now()
    if not by.has_perm("commitments.add_assessment"):
        raise Refused(_("Your role does not allow this."))
    if not coded:
        raise Refused(_("Score at least one maker."))
    # Held, so that of two who score at once one is the first and one the second.
    held = lock(commitment)
    if held.publication not in PUBLIC_PUBLICATIONS:
        raise Refused(_("Only what is published is assessed."))
    parties = {party.pk: party for party in open_to(by, held)}
    if not coded.keys() <= parties.keys():
        raise Conflict(_("One of these makers was scored meanwhile. Nothing was saved; look at it again."))
    try:
        with transaction.atomic():
            return [_keep(by, held, parties[pk], one, at) for pk, one in coded.items()]
    except IntegrityError as error:
        raise Conflict(_("One of these makers was scored meanwhile. Nothing was saved; look at it again.")) from error


def _keep(by: User, commitment: Commitment, party: Party, coded: Coded, at: dt.datetime) -> Assessment:
    if not coded.note.strip():
        raise ValidationError(_("Say on what grounds you score %(party)s.") % {"party": party.name})
    before = Assessment.objects.filter(commitment=commitment, party=party).count()
    assessment = Assessment(
        commitment=commitment,
        party=party,
        assessor=by,
        place=before + 1,
        score=coded.score,
        note=coded.note.strip(),
        recorded_at=at,
    )
    assessment.full_clean(validate_unique=False, validate_constraints=False)
    assessment.save()
    return assessment
