from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db import connections
from django.db.migrations import Migration
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from commitments import checks, fulltext, guards, marks, roles


class CommitmentsConfig(AppConfig):
    """The one Django app: summits, commitments, and what came of them."""

    name = "commitments"
    verbose_name = _("Commitments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        checks.install()
        pre_migrate.connect(lift_guards, sender=self, dispatch_uid="commitments.guards.lift")
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="commitments.triggers")
        post_migrate.connect(install_roles, sender=self, dispatch_uid="commitments.roles")
        # Actions know nothing of those who tell of them; imported here, when there are models.
        listeners = import_module("commitments.actions.revisions").after_commit
        tell_followers = import_module("commitments.tasks").tell_followers
        if tell_followers not in listeners:
            listeners.append(tell_followers)
        import_module("commitments.accounts.events").listen()


def lift_guards(using: str, plan: list[tuple[Migration, bool]], **kwargs: Any) -> None:
    """Take away the triggers that would keep SQLite from remaking a table, if a migration of ours is about to run."""
    if any(migration.app_label == "commitments" for migration, _backwards in plan):
        guards.lift_before_migrating(connections[using])


def install_triggers(using: str, **kwargs: Any) -> None:
    """Put the triggers back after every `migrate`: SQLite drops them when a migration remakes a table."""
    guards.install(connections[using])
    fulltext.install(connections[using])
    marks.install(connections[using])


def install_roles(using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Make the groups of the roles after every `migrate` and flush, with exactly their rights."""
    roles.install(using, apps)
