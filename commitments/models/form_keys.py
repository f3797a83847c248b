from django.db import models
from django.utils.translation import gettext_lazy as _

DIGEST_LENGTH = 64


class FormKey(models.Model):
    """A form that was sent and did what it was for, so that the same form sent again does it no second time.

    Every form carries a key of its own (`templatetags/form_keys.py`). `digest` stands for key, sender and address;
    `location` is where the first sending led. Rows go after some days.
    """

    digest = models.CharField(_("digest"), max_length=DIGEST_LENGTH, unique=True)
    location = models.TextField(_("where the first sending led"), blank=True)
    used_at = models.DateTimeField(_("used at"), db_index=True)

    class Meta:
        verbose_name = _("form key")
        verbose_name_plural = _("form keys")
        ordering = ["-used_at"]

    def __str__(self) -> str:
        return f"{self.digest[:12]}, {self.used_at:%Y-%m-%d}"
