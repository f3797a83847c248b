from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.documents import SHA256_LENGTH


class SeedRow(models.Model):
    """What a row of a seed file looked like when it was loaded, and which record it became.

    It lets the loader tell a row that changed in the file from a record that an editor changed since.
    """

    file = models.CharField(_("file"), max_length=60)
    key = models.CharField(_("key"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the row"), max_length=SHA256_LENGTH)
    object_id = models.BigIntegerField(_("record"))
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("seed row")
        verbose_name_plural = _("seed rows")
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="seed_row_is_unique")]

    def __str__(self) -> str:
        return f"{self.file}: {self.key}"
