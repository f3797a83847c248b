from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormDraft(models.Model):
    """What an editor had typed into a form and not saved yet, so that a crash or a lost session loses nothing.

    One for each editor and address of a form; it goes when the form is saved.
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="form_drafts")
    address = models.CharField(_("address of the form"), max_length=200)
    content = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("saved at"))
    # Made up by the window that saved it: by it that window knows its own save again when it never had the answer.
    save_id = models.CharField(_("number of the save"), max_length=32, blank=True, db_default="", editable=False)

    class Meta:
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["editor", "address"], name="form_draft_is_one_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.editor}, {self.address}"
