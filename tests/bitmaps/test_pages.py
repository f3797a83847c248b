"""A kept page is the page as it would be made anew, at any moment after any write."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings

from commitments import marks
from commitments.models import Commitment, Party, Sector, Summit
from commitments.public.kept import CACHE
from tests.bitmaps.conftest import Writer
from tests.factories import make_user
from tests.settled import wait_until_settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("record", "_nothing_kept")]
ROUNDS, WRITES = 4, 2


@pytest.fixture
def _nothing_kept() -> Iterator[None]:
    caches[CACHE].clear()
    yield
    caches[CACHE].clear()


def addresses() -> list[str]:
    """A page of each kind that shows commitments."""
    one = Commitment.objects.published().order_by("pk")[0]
    country = one.countries.order_by("pk")[0].country.alpha2
    sector = Sector.objects.filter(commitments__isnull=False).order_by("pk")[0].code
    party = Party.objects.exclude(kind="country").filter(commitment_parties__isnull=False).order_by("pk").first()
    return [
        "/",
        "/commitments/",
        f"/commitments/?country={country}&sector={sector}",
        "/commitments/?q=water&as_of=2024-06-30",
        f"/commitments/{one.code}/",
        f"/countries/{country}/",
        *([f"/parties/{party.slug}/"] if party else []),
        f"/sectors/{sector}/",
        f"/summits/{Summit.objects.filter(commitments__isnull=False)[0].code}/",
        "/matrix/",
        "/compare/?of=summit",
        "/map/",
        "/calendar/",
        "/developments/",
        "/corrections/",
        "/commitments.atom",
        "/embed/commitments/",
        "/sitemap-commitments.xml",
    ]


def stale(client: Client, made_anew: Client, wanted: list[str]) -> list[str]:
    """The addresses at which the first answer, or the second, which was kept, is not what is made anew."""
    found = []
    for address in wanted:
        answers = [client.get(address) for _ in range(2)]
        with override_settings(KEEP_PAGES=False, KEEP_INDEX=False):
            anew = made_anew.get(address)
        if any((one.status_code, _body(one)) != (anew.status_code, _body(anew)) for one in answers):
            found.append(address)
    return found


def _body(response: object) -> bytes:
    streamed = getattr(response, "streaming_content", None)
    return b"".join(streamed) if streamed is not None else response.content  # type: ignore[attr-defined]


@pytest.fixture
def made_anew() -> Client:
    """It keeps nothing: its middleware is built from these settings."""
    with override_settings(KEEP_PAGES=False, KEEP_INDEX=False):
        client = Client()
        client.get("/about/")
    return client


def test_every_page_is_what_it_would_be_made_anew(client: Client, made_anew: Client) -> None:
    writer, wanted = Writer(5), addresses()
    assert stale(client, made_anew, wanted) == []
    for _ in range(ROUNDS):
        written = [writer.write() for _ in range(WRITES)]
        assert (written, stale(client, made_anew, wanted)) == (written, [])


def test_what_leaves_no_mark_is_found_out(client: Client, made_anew: Client) -> None:
    """The control."""
    one = Commitment.objects.published().order_by("pk")[0]
    wanted = [f"/commitments/{one.code}/"]
    wait_until_settled()
    assert stale(client, made_anew, wanted) == []
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER mark_commitment_update{' ON commitments_commitment' * (connection.vendor == 'postgresql')}"
        )
    Commitment.objects.filter(pk=one.pk).update(title="Something else")
    assert stale(client, made_anew, wanted) == wanted
    marks.install(connection)
    assert stale(client, made_anew, wanted) == []


def test_whoever_has_a_page_gets_304_until_something_is_written(client: Client) -> None:
    one = Commitment.objects.published().order_by("pk")[0]
    address = f"/commitments/{one.code}/"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Commitment.objects.filter(pk=one.pk).update(title="Something else")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"Something else" in changed.content
    assert changed["ETag"] != first["ETag"]


def test_forms_and_pages_of_somebody_are_not_kept(client: Client) -> None:
    client.get("/follow/")
    client.get("/about/")
    kept = len(caches[CACHE]._cache)  # type: ignore[attr-defined] # what locmem holds
    assert kept == 1
    client.force_login(make_user("editor"))
    for address in ("/commitments/", "/admin/"):
        assert "ETag" not in client.get(address)
    assert len(caches[CACHE]._cache) == kept  # type: ignore[attr-defined]
