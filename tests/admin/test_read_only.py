"""While the site is read-only, readers read; whatever would write is told to come back, and shown what was typed."""

import signal
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django_tasks_db.models import DBTaskResult

from commitments import read_only
from commitments.management.commands.db_worker import PausingWorker
from commitments.models import Commitment, Document
from tests.admin.cast import filled
from tests.factories import make_commitment
from tests.markup import Markup, read

SWITCH = "read-only"


@pytest.fixture
def switch(tmp_path: Path, settings: Any) -> Path:
    settings.READ_ONLY_FILE = tmp_path / SWITCH
    return settings.READ_ONLY_FILE  # type: ignore[no-any-return]


@pytest.fixture
def _read_only(switch: Path) -> None:
    call_command("read_only", "on", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("_read_only")
def test_readers_read(client: Client) -> None:
    make_commitment("F-01", title="Build a railway")

    assert "Build a railway" in read(client, "/commitments/F-01/").words


@pytest.mark.usefixtures("_read_only")
def test_an_editor_is_told_on_every_page_and_loses_nothing(desk: Client) -> None:
    address = reverse("admin:commitments_document_add")
    page = desk.get(address)
    typed = filled(page, title="A long title\nof two lines", publisher="<b>P</b>")

    response = desk.post(address, typed)

    assert "can only be read just now" in Markup.of(page).words
    assert response.status_code == 503
    assert response["Retry-After"] == "300"
    shown = Markup.of(response)
    assert "What you sent was not saved" in shown.words
    assert "A long title of two lines" in shown.words
    assert "<b>P</b>" in shown.words
    assert "csrfmiddlewaretoken" not in shown.words
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_read_only")
def test_no_address_takes_a_post(client: Client) -> None:
    taken = [address for address in addresses() if client.post(address, {"password": "hunter2"}).status_code != 503]

    assert len(list(addresses())) > 100
    assert taken == []
    assert "hunter2" not in client.post("/", {"password": "hunter2"}).content.decode()
    assert "123456" not in client.post("/accounts/2fa/authenticate/", {"code": "123456"}).content.decode()
    assert "C51-2023-02" in client.post("/admin/", {"code": "C51-2023-02"}).content.decode()


def addresses() -> Iterator[str]:
    """An address for every pattern of the URL map, whatever it would answer."""
    return (f"/{route}" for route in _routes(get_resolver()))


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^").replace("\\Z", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route.replace("<", "").replace(">", "").replace("?", "")


def test_it_ends_without_a_restart(desk: Client, switch: Path) -> None:
    out = StringIO()
    address = reverse("admin:commitments_document_add")
    for to in ("on", "off"):
        call_command("read_only", to, stdout=out)
    call_command("read_only", stdout=out)
    typed = filled(desk.get(address), title="New", publisher="P", kind="news_report", source_kind="secondary")

    assert desk.post(address, typed).status_code == 302
    assert out.getvalue() == "The site can only be read.\n" + "The site takes writes.\n" * 2


def test_the_variable_goes_before_the_switch(client: Client, switch: Path, settings: Any) -> None:
    settings.READ_ONLY = True

    with pytest.raises(CommandError, match="READ_ONLY"):
        call_command("read_only", "off", stdout=StringIO())
    assert client.post("/follow/").status_code == 503


@pytest.mark.django_db
@pytest.mark.usefixtures("_read_only")
def test_workers_and_cron_pause() -> None:
    out = StringIO()
    call_command("deliver", stdout=out)
    assert "nothing is delivered" in out.getvalue()
    with pytest.raises(CommandError, match="no link is tried"):
        call_command("check_links", stdout=out)

    worker(batch=True).run()

    assert not Commitment.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_worker_goes_on_when_it_is_over(switch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            switch.unlink()

    monkeypatch.setattr(time, "sleep", nap)
    switch.touch()

    assert worker().running
    assert len(naps) == 3
    assert not read_only.is_on()


def test_a_worker_that_pauses_ends_when_it_is_told(switch: Path) -> None:
    switch.touch()
    pausing = worker()

    with pytest.raises(SystemExit):
        pausing.shutdown(signal.SIGTERM, None)
    assert not pausing.running


def worker(*, batch: bool = False) -> PausingWorker:
    return PausingWorker(
        queue_names=["default"],
        interval=0,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
