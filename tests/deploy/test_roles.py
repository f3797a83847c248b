"""deploy/postgresql/roles.sql names every table that is append-only. What it refuses: test_roles_on_postgresql.py."""

import re

from tests.deploy.append_only import ROLES, append_only


def test_the_list_of_what_is_append_only_is_complete() -> None:
    listed = re.search(r"REVOKE UPDATE, DELETE ON\n(.*?)\nFROM tracker;", ROLES.read_text(), flags=re.DOTALL)

    assert listed
    assert set(re.split(r",\s*", listed[1].strip())) == append_only()
