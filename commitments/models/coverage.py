from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.documents import Document
from commitments.models.summits import Summit


class CoverageSession(models.Model):
    """A document being read sentence by sentence: the working copy of its text, for as long as it is read.

    We have no right to keep the text: the row goes when the editor finishes, and the text of one that nobody came back
    to when another is begun. Until it is finished, the public sees no passage of it.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="coverage_sessions", verbose_name=_("document"))
    summit = models.ForeignKey(Summit, models.PROTECT, related_name="+", verbose_name=_("summit"))
    text = models.TextField(_("text"), blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    started_at = models.DateTimeField(_("begun at"))

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        constraints = [models.UniqueConstraint(fields=["document"], name="coverage_session_is_one_a_document")]

    def __str__(self) -> str:
        return str(self.document)
