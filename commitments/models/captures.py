from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from commitments.models.documents import SHA256_LENGTH, URL_LENGTH, Document


class Capture(models.Model):
    """What an address answered on a day, kept so that a source can be read after it is gone. Editors only.

    The exchange itself lies in a WARC file (ISO 28500) under `settings.CAPTURES_DIR`; `text` is what a person reads of
    it. `sha256` is taken over the body of the answer.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="captures", verbose_name=_("document"))
    url = models.URLField(_("address"), max_length=URL_LENGTH)
    captured_at = models.DateTimeField(_("captured at"))
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=SHA256_LENGTH)
    warc = models.CharField(_("WARC file"), max_length=200, unique=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-captured_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {formats.date_format(timezone.localtime(self.captured_at))}"
