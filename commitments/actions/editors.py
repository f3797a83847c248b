"""Who works at the editors' desk, and in which role."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from commitments.models import User
from commitments.roles import DeskRole


@transaction.atomic
def create(*, username: str, email: str, password: str, role: DeskRole = DeskRole.EDITOR) -> User:
    """Somebody new in a role, who can log in. Raises `ValidationError` when a name, address or password will not do."""
    user = User(username=username, email=email, is_staff=True)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.add(group(role))
    return user


def group(role: DeskRole) -> Group:
    """The group of a role. `roles.install` makes all of them whenever the database is migrated."""
    return Group.objects.get(name=role.value)
