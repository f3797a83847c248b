"""How commitments stand to one another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import RelationKind
from commitments.models.base import CHOICE_LENGTH, codelist_constraint
from commitments.models.commitments import Commitment


class Relation(models.Model):
    """How one commitment stands to another: `source` … `target`, read with the kind as the verb."""

    source = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="relations",
        verbose_name=_("this commitment"),
    )
    kind = models.CharField(_("relation"), max_length=CHOICE_LENGTH, choices=RelationKind.choices)
    target = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="inverse_relations",
        verbose_name=_("other commitment"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["source", "kind", "target"]
        constraints = [
            codelist_constraint("kind", RelationKind),
            models.UniqueConstraint(fields=["source", "kind", "target"], name="relation_is_unique"),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="relation_is_not_to_itself",
                violation_error_message=_("A commitment cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} {self.get_kind_display()} {self.target.code}"
