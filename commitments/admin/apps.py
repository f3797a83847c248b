from importlib import import_module

from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig

NOUNS = ("commitments", "developments", "documents", "imports", "parties", "sectors", "suggestions", "summits", "users")


class EditorsAdminConfig(AdminConfig):
    """Django's admin with the editors' site for its default, and every noun registered at it."""

    default_site = "commitments.admin.site.EditorsSite"

    def ready(self) -> None:
        super().ready()
        for noun in NOUNS:
            import_module(f"commitments.admin.{noun}")
        # What the worker has to do is the operators' matter, at the shell. Factors and sessions have their pages.
        site.unregister(import_module("django_tasks_db.models").DBTaskResult)
        site.unregister(import_module("allauth.account.models").EmailAddress)
        site.unregister(import_module("allauth.mfa.models").Authenticator)
        site.unregister(import_module("allauth.usersessions.models").UserSession)
