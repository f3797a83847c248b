"""Commitments with everything that their records are made of: each part read once, for all of them, when first asked.

What a write derives (countries, statuses, search entries, revisions) is made of the same rows. Each maker of it reading
for itself took most of the time of a write.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Self

from django.db import connection
from django.db.models import Model, QuerySet

from commitments.models import (
    Activity,
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Development,
    Evidence,
    Relation,
    Revision,
    SDGTarget,
    Sector,
    StatusChange,
    Wording,
)

type Parts[M] = dict[int, list[M]]

SECTORS = Commitment.sectors.through
SDG_TARGETS = Commitment.sdg_targets.through
# The rows that hang on a commitment, and the column by which they do.
_HANGING: dict[str, tuple[type[Model], str]] = {
    "parties": (CommitmentParty, "commitment_id"),
    "countries": (CommitmentCountry, "commitment_id"),
    "sectors": (SECTORS, "commitment_id"),
    "sdg_targets": (SDG_TARGETS, "commitment_id"),
    "amounts": (Amount, "commitment_id"),
    "wordings": (Wording, "commitment_id"),
    "relations": (Relation, "source_id"),
    "developments": (Development, "commitment_id"),
    "activities": (Activity, "commitment_id"),
    "absorbed": (Commitment, "merged_into_id"),
    "status_changes": (StatusChange, "commitment_id"),
    "revisions": (Revision, "commitment_id"),
}


class Reading:
    """Some commitments as they were when each of their parts was first asked for.

    Made at the moment of a write at which the rows are as they will be. Parts are lists by the key of the commitment;
    one that has none has no list: `parts.get(pk, ())`.
    """

    def __init__(self, commitments: Iterable[Commitment]) -> None:
        self.commitments: Sequence[Commitment] = list(commitments)

    @classmethod
    def of_new(cls, commitments: Iterable[Commitment], having: dict[str, list[int]], parties: Parts[Any]) -> Self:
        """Of commitments just made, whose parties are in hand: nothing of them has to be read.

        `having` has, by the names of the other parts that they have, the keys of those that do.
        """
        reading = cls(commitments)
        reading._having = {name: having.get(name, []) for name in _HANGING}
        reading.parties = parties
        return reading

    @cached_property
    def parties(self) -> Parts[CommitmentParty]:
        """Its parties with their home countries, as a snapshot orders them."""
        found = CommitmentParty.objects.select_related("party__country").order_by("role", "party__slug")
        return self._parts("parties", found)

    @cached_property
    def countries(self) -> Parts[CommitmentCountry]:
        """The countries under which it is found. Whoever rewrites them sets them anew."""
        return self._parts("countries", CommitmentCountry.objects.select_related("country").order_by("pk"))

    @cached_property
    def sector_links(self) -> Parts[Any]:
        """The rows that link it to its sectors, with those and their categories."""
        return self._parts("sectors", SECTORS._default_manager.select_related("sector__parent").order_by("pk"))

    @cached_property
    def sdg_target_links(self) -> Parts[Any]:
        """The rows that link it to its SDG targets, with those."""
        return self._parts("sdg_targets", SDG_TARGETS._default_manager.select_related("sdgtarget").order_by("pk"))

    def sectors(self, pk: int) -> list[Sector]:
        return [link.sector for link in self.sector_links.get(pk, ())]

    def sdg_targets(self, pk: int) -> list[SDGTarget]:
        return [link.sdgtarget for link in self.sdg_target_links.get(pk, ())]

    @cached_property
    def amounts(self) -> Parts[Amount]:
        return self._parts("amounts", Amount.objects.order_by("pk"))

    @cached_property
    def wordings(self) -> Parts[Wording]:
        """How documents word it, with those."""
        return self._parts("wordings", Wording.objects.select_related("document").order_by("pk"))

    @cached_property
    def relations(self) -> Parts[Relation]:
        """Its relations to public records, with those. Another end's draft would leak by its code."""
        targets = Relation.objects.filter(target__in=Commitment.objects.published())
        return self._parts("relations", targets.select_related("target").order_by("kind", "target__code"))

    @cached_property
    def developments(self) -> Parts[Development]:
        """Its published developments with their parties, in the order of their publication."""
        published = Development.objects.filter(published_at__isnull=False)
        return self._parts("developments", published.select_related("party").order_by("published_at", "pk"))

    @cached_property
    def evidence(self) -> Parts[Evidence]:
        """The evidence of these developments, with its documents, by the key of the development."""
        pks = [one.pk for developments in self.developments.values() for one in developments]
        if not pks:
            return {}
        rows = Evidence.objects.filter(development__in=pks).select_related("document").order_by("pk")
        return _grouped(rows, "development_id")

    @cached_property
    def activities(self) -> Parts[Activity]:
        return self._parts("activities", Activity.objects.order_by("identifier"))

    @cached_property
    def absorbed(self) -> Parts[Commitment]:
        """The records that were public before they were merged into it."""
        # In no order: asked for one, SQLite would go through the whole table in that order.
        return self._parts(
            "absorbed", Commitment.objects.filter(published_at__isnull=False).only("code", "merged_into")
        )

    @cached_property
    def status_changes(self) -> Parts[StatusChange]:
        """Its status log, in the order in which it was written."""
        return self._parts("status_changes", StatusChange.objects.order_by("recorded_at", "pk"))

    @cached_property
    def last_revisions(self) -> dict[int, Revision]:
        """The last thing that the site said of it."""
        pks = self._having["revisions"]
        if not pks:
            return {}
        newest = Revision.objects.order_by("commitment_id", "-number")
        if len(pks) == 1:
            return {revision.commitment_id: revision for revision in newest.filter(commitment=pks[0])[:1]}
        numbers = Revision.objects.filter(commitment__in=pks).order_by().values_list("commitment", "number", "pk")
        last = {pk: key for pk, _number, key in sorted(numbers)}
        return {one.commitment_id: one for one in newest.filter(pk__in=last.values())}

    def having(self, name: str) -> list[int]:
        """The keys of the commitments that have any of a part, by its name."""
        return self._having[name]

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        """By the name of a part: the keys of the commitments that have any. One query saves those for what nobody has.

        Written by hand: through Django it takes longer to write than to ask.
        """
        pks = [commitment.pk for commitment in self.commitments]
        if not pks:
            return {name: [] for name in _HANGING}
        exist = ", ".join(
            f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE {column} = asked.id)"
            for model, column in _HANGING.values()
        )
        places = ", ".join(["%s"] * len(pks))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {exist} FROM {Commitment._meta.db_table} AS asked WHERE id IN ({places})",
                pks,
            )
            found = cursor.fetchall()
        return {name: [row[0] for row in found if row[place]] for place, name in enumerate(_HANGING, start=1)}

    def _parts[M: Model](self, name: str, rows: "QuerySet[M]") -> Parts[M]:
        pks = self._having[name]
        if not pks:
            return {}
        _model, column = _HANGING[name]
        return _grouped(rows.filter(**{f"{column}__in": pks}), column)


def _grouped[M: Model](rows: Iterable[M], column: str) -> Parts[M]:
    parts: Parts[M] = {}
    for row in rows:
        parts.setdefault(getattr(row, column), []).append(row)
    return parts
