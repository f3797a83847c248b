"""Records by many keys, given to the database as one value: a thousand parameters a query cost more than the rows."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.db.models.lookups import Lookup

type Sql = tuple[str, Sequence[Any]]


class Among(Lookup):
    """Whether the column at a path is one of these whole numbers. A condition for `filter`, answered by an index."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, path: Any, keys: Sequence[int]) -> None:
        # In order: neighbours lie on one page.
        super().__init__(F(path) if isinstance(path, str) else path, sorted(keys))

    def as_sqlite(self, compiler: Any, connection: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        # What stands in the text is the column's name, quoted by Django.
        return f"{column} IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(self.rhs))  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> Sql:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*parameters, self.rhs)
