"""The groups of the roles are made where their tables are, and nowhere else."""

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group
from django.db import router

from commitments import roles
from commitments.roles import DeskRole


@pytest.fixture(autouse=True)
def _no_groups(db: None) -> None:
    Group.objects.all().delete()


def test_every_role_has_its_group() -> None:
    roles.install("default")

    assert Group.objects.count() == len(DeskRole)
    held = {
        role: set(Group.objects.get(name=role.value).permissions.values_list("codename", flat=True))
        for role in DeskRole
    }
    assert held == {role: set(roles.RIGHTS[role]) for role in DeskRole}


def test_before_the_first_migration_there_is_nothing_to_do() -> None:
    roles.install("default", apps=Apps())

    assert not Group.objects.exists()


def test_a_database_that_is_not_for_groups_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "allow_migrate_model", lambda using, model: False)

    roles.install("default")

    assert not Group.objects.exists()
