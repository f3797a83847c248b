"""Who may edit: the group, and its members."""

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from commitments.models import User

EDITORS = "editor"
# What editors read, add and change. Rows that hang on a record go with it; sectors and targets come with the seeds.
EDITED = ("commitment", "development", "document", "party", "summit", "summitseries")
READ = ("sector", "sdgtarget")


@transaction.atomic
def editors() -> Group:
    """The group of editors with exactly its rights, made if it is not there."""
    group, _created = Group.objects.get_or_create(name=EDITORS)
    codenames = [f"{right}_{noun}" for noun in EDITED for right in ("view", "add", "change")]
    codenames += [f"view_{noun}" for noun in READ]
    group.permissions.set(Permission.objects.filter(content_type__app_label="commitments", codename__in=codenames))
    return group


@transaction.atomic
def create(*, username: str, email: str, password: str) -> User:
    """A new editor, who can log in. Raises `ValidationError` when a name, address or password will not do."""
    user = User(username=username, email=email, is_staff=True)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.add(editors())
    return user
