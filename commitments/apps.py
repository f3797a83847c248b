from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from commitments import guards


class CommitmentsConfig(AppConfig):
    """The one Django app: summits, commitments, and what came of them."""

    name = "commitments"
    verbose_name = _("Commitments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_guards, sender=self, dispatch_uid="commitments.guards")


def install_guards(using: str, **kwargs: Any) -> None:
    """Put the triggers back after every `migrate`: SQLite drops them when a migration remakes a table."""
    guards.install(connections[using])
