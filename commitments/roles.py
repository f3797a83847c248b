"""Who may do what: four roles, each a group with exactly these rights.

The groups are made by code after every `migrate` and after every flush (`apps.py`), as the guards are: permissions come
into being only then, and a migration that ran once would not bring back what a flush has emptied. What somebody else
gave a group is taken from it again: a right that stands in no list here is nobody's by role.
"""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import router
from django.utils.translation import gettext_lazy as _

from commitments.codelists import DefinedChoices


class DeskRole(DefinedChoices):
    """What somebody is at the editors' desk."""

    CONTRIBUTOR = "contributor", _("Drafts developments and submits them for review."), _("Contributor")
    EDITOR = "editor", _("Publishes developments that are no verdict, and edits records."), _("Editor")
    REVIEWER = (
        "reviewer",
        _("Does what an editor does, decides on what was submitted, approves verdicts and retracts."),
        _("Reviewer"),
    )
    ADMINISTRATOR = (
        "administrator",
        _("Keeps users, sectors, SDG targets and foreign words for a status."),
        _("Administrator"),
    )


RECORDS = ("commitment", "development", "document", "party", "summit", "summitseries")
LISTS = ("sector", "sdgtarget")
# Foreign words for a status: whoever imports says what they mean, and whoever keeps the codelists.
WORDS = ("statusword",)

_READS = tuple(f"view_{noun}" for noun in (*RECORDS, *LISTS))
# A new source comes with the development that rests on it.
_DRAFTS = ("add_development", "change_development", "submit_development", "add_document")
_EDITS = (*(f"{right}_{noun}" for noun in RECORDS for right in ("add", "change")), "publish_development")
# Files are imported by whoever may add and change what they hold.
_IMPORTS = (*(f"{right}_{noun}" for noun in ("import", *WORDS) for right in ("view", "add", "change")),)
# Two of them score what a maker did, blind to one another.
_ASSESSES = ("view_assessment", "add_assessment")
_REVIEWS = ("review_development", "approve_verdict", "retract_commitment")
_KEEPS = tuple(f"{right}_{noun}" for noun in ("user", *LISTS, *WORDS) for right in ("view", "add", "change"))

# Codenames of permissions on this app's records. Rows that hang on a record go with it.
RIGHTS: dict[DeskRole, frozenset[str]] = {
    DeskRole.CONTRIBUTOR: frozenset((*_READS, *_DRAFTS)),
    DeskRole.EDITOR: frozenset((*_READS, *_DRAFTS, *_EDITS, *_IMPORTS, *_ASSESSES)),
    DeskRole.REVIEWER: frozenset((*_READS, *_DRAFTS, *_EDITS, *_IMPORTS, *_ASSESSES, *_REVIEWS)),
    DeskRole.ADMINISTRATOR: frozenset((*_READS, *_KEEPS, "view_import")),
}
APP = "commitments"


def install(using: str, apps: Any = installed) -> None:
    """Make every role's group, with exactly its rights, in this database. Safe to repeat.

    `apps` are the models as the migrations that ran left them; before the first of ours there is nothing to do.
    """
    try:
        apps.get_app_config(APP)
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    if not router.allow_migrate_model(using, group_model):
        return
    # Django makes them in a handler of its own, which may run after ours.
    create_permissions(installed.get_app_config(APP), verbosity=0, using=using, apps=apps)
    known = permission_model.objects.using(using).filter(content_type__app_label=APP)
    permissions = {permission.codename: permission for permission in known}
    for role, codenames in RIGHTS.items():
        group, _created = group_model.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(permissions[name] for name in sorted(codenames & permissions.keys()))
