from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

VERSION_VALIDATOR = RegexValidator(
    r"^\d{4}\.\d{1,2}(\.\d{1,3})?$",
    _("A version is the year, the month and, if there are several, a number: 2026.11.2."),
)


class Release(models.Model):
    """A version of the dataset that was published: what it holds stays as it is, so that it can be cited.

    `known_at` is the moment whose knowledge it holds, `manifest` its files with their sizes and SHA-256.
    """

    version = models.CharField(_("version"), max_length=12, unique=True, validators=[VERSION_VALIDATOR])
    known_at = models.DateTimeField(_("as known at"))
    released_at = models.DateTimeField(_("released at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    codebook_version = models.CharField(_("codebook version"), max_length=12)
    counts = models.JSONField(_("rows by shape"))
    manifest = models.JSONField(_("files"))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-known_at", "-pk"]

    def __str__(self) -> str:
        return self.version
