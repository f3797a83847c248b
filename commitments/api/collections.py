"""What the API gives: which rows, by which parameters, in which shape, and one record by its name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.api.asked import OF_A_LIST, Asked
from commitments.entries import OWN
from commitments.exports import lists, of_records
from commitments.exports.columns import COMMITMENTS, DEVELOPMENTS, PARTIES, STATUS_CHANGES
from commitments.exports.shape import Shape
from commitments.models import Commitment, Development, Party, Relation, Revision, Sector, StatusChange, Summit, Wording


@dataclass(frozen=True)
class Nested:
    """What a record holds besides its own fields."""

    shape: Shape
    queryset: Callable[[int, Asked], QuerySet[Any]]

    @property
    def name(self) -> str:
        return self.shape.name.replace("-", "_")


@dataclass(frozen=True)
class Collection:
    """One list of the API. `one` finds a single record by the value in its address."""

    name: str
    summary: str | Promise
    shape: Shape
    queryset: Callable[[Asked], QuerySet[Any]]
    takes: tuple[str, ...] = ()
    key: str = ""
    key_pattern: str = ""
    one: Callable[[str, Asked], QuerySet[Any]] | None = None
    nested: tuple[Nested, ...] = ()
    examples: tuple[str, ...] = field(default=("?page_size=2",))
    # Filled with a name that the site holds.
    example_of_one: str = ""


def _commitment(code: str, asked: Asked) -> QuerySet[Commitment]:
    return asked.filter.with_topics().filter(code=code)


def _of_commitment(model: Any) -> Callable[[int, Asked], QuerySet[Any]]:
    return lambda pk, _asked: model.objects.filter(commitment=pk)


def _developments(pk: int, asked: Asked) -> QuerySet[Development]:
    return Development.objects.published().filter(asked.filter.moment.developments, commitment=pk)


def _status_changes(pk: int, asked: Asked) -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(asked.filter.moment.lines, commitment=pk)


def _relations(pk: int, asked: Asked) -> QuerySet[Relation]:
    """Those to what had been made and was known at the moment, as on the commitment's page."""
    return of_records.public_relations().filter(source=pk, target__in=asked.filter.with_topics().values("pk"))


def _revisions(asked: Asked) -> QuerySet[Revision]:
    found = of_records.public_revisions().filter(commitment__in=asked.filter.qs)
    known = asked.filter.moment.known_before
    return found if known is None else found.filter(recorded_at__lt=known)


CODE = r"[A-Z0-9]+(-[A-Z0-9]+)*"
SLUG = r"[-a-zA-Z0-9_]+"
NUMBER = r"[1-9][0-9]{0,8}"
COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        name="commitments",
        summary=_("Commitments, as the list of the site shows them"),
        shape=COMMITMENTS,
        queryset=lambda asked: asked.filter.qs,
        takes=OF_A_LIST,
        key="code",
        key_pattern=CODE,
        one=_commitment,
        nested=(
            Nested(PARTIES, lambda pk, _asked: Commitment.objects.published().filter(pk=pk)),
            Nested(DEVELOPMENTS, _developments),
            Nested(STATUS_CHANGES, _status_changes),
            Nested(of_records.WORDINGS, _of_commitment(Wording)),
            Nested(of_records.RELATIONS, _relations),
        ),
        examples=(
            "?status=delivered&made_after=2023&fields=code,title,status,status_since",
            "?overdue=1&as_of=2024-06-30&page_size=5",
        ),
        example_of_one="?as_of=2024-06-30",
    ),
    Collection(
        name="developments",
        summary=_("Developments of the commitments that the parameters ask for"),
        shape=DEVELOPMENTS,
        queryset=lambda asked: asked.entries.unordered,
        takes=(*OF_A_LIST, *OWN),
        key="id",
        key_pattern=NUMBER,
        one=lambda key, asked: asked.entries.unordered.filter(pk=int(key)),
        examples=("?entry=check&fields=id,code,happened,summary", "?entry_status=delivered&page_size=2"),
    ),
    Collection(
        name="status-changes",
        summary=_("The status log of the commitments that the parameters ask for"),
        shape=STATUS_CHANGES,
        queryset=lambda asked: lists.of_status_changes(asked.filter),
        takes=OF_A_LIST,
        examples=("?status_group=closed&fields=code,party,from_status,to_status,effective",),
    ),
    Collection(
        name="summits",
        summary=_("Summits"),
        shape=of_records.SUMMITS,
        queryset=lambda _asked: Summit.objects.all(),
        key="code",
        key_pattern=CODE,
        one=lambda key, _asked: Summit.objects.filter(code=key),
    ),
    Collection(
        name="parties",
        summary=_("Countries, institutions, blocs and companies"),
        shape=of_records.PARTIES,
        queryset=lambda _asked: Party.objects.all(),
        key="party",
        key_pattern=SLUG,
        one=lambda key, _asked: Party.objects.filter(slug=key),
        examples=("?fields=party,name,alpha3&page_size=100",),
    ),
    Collection(
        name="sectors",
        summary=_("Sectors of OECD DAC/CRS at both levels"),
        shape=of_records.SECTORS,
        queryset=lambda _asked: Sector.objects.all(),
        key="code",
        key_pattern=r"[0-9]{3}([0-9]{2})?",
        one=lambda key, _asked: Sector.objects.filter(code=key),
    ),
    Collection(
        name="documents",
        summary=_("Sources on which something public rests"),
        shape=of_records.DOCUMENTS,
        queryset=lambda _asked: of_records.public_documents(),
        key="id",
        key_pattern=NUMBER,
        one=lambda key, _asked: of_records.public_documents().filter(pk=int(key)),
    ),
    Collection(
        name="revisions",
        summary=_("What this site said of the commitments that the parameters ask for, with the hashes"),
        shape=of_records.REVISIONS,
        queryset=_revisions,
        takes=OF_A_LIST,
        examples=("?as_known=2024-12-31&fields=code,number,sha256",),
    ),
    Collection(
        name="changes",
        summary=_("Every change of the public record, for whoever keeps a copy: follow the last cursor"),
        shape=of_records.CHANGES,
        # In the order of their keys, which is the order in which they were seen: see `actions/revisions.py`.
        queryset=lambda _asked: of_records.public_changes(),
        examples=("?page_size=2", "?cursor=a1&page_size=2"),
    ),
)
