"""Which tables are history, by the guards and the models."""

from django.apps import apps

from commitments import guards
from tests.deploy.nginx import DEPLOY

ROLES = DEPLOY / "postgresql" / "roles.sql"


def append_only() -> set[str]:
    """Tables whose rows are never changed nor removed: by the guards, and the histories of the others."""
    always = {guard.table for guard in guards.GUARDS if guard.event == "DELETE" and guard.condition == "TRUE"}
    histories = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.model_name and model._meta.model_name.startswith("historical")
    }
    return always | histories
