import pytest
from django.test import Client

from commitments.models import User
from tests.admin.cast import logged_in, make_editor


@pytest.fixture
def editor(db: None) -> User:
    return make_editor("aida")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    return logged_in(editor)
