"""What only a process of the site itself can tell, over the benchmark's database: `python -m tests.benchmarks.inside`.

… facts             where the pages are, and the key of an editor's session, as JSON
… queries ADDRESS…  how many queries each page takes, and what they took, as JSON
… explain ADDRESS   every query of a page, slowest first
… publish           what publishing one development takes, in milliseconds: the median of some; all undone
… import            how many commitments a second come in from a CSV file; undone
… table FILE        writes what Datasette serves
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.test import Client  # noqa: E402

from commitments.actions import developments, editors, imports  # noqa: E402
from commitments.codelists import EvidenceRole, ImportKind, Role, Status  # noqa: E402
from commitments.imports.files import run  # noqa: E402
from commitments.models import (  # noqa: E402
    Commitment,
    CommitmentCountry,
    Development,
    Document,
    Evidence,
    Party,
    Sector,
    Summit,
    User,
)
from commitments.roles import DeskRole  # noqa: E402
from commitments.uncertain_dates import UncertainDate  # noqa: E402
from tests.benchmarks import datasette  # noqa: E402

EDITOR = "bench-desk"
PUBLISHED = 20
IMPORTED = 2_000


def facts() -> dict[str, Any]:
    """What the addresses of the pages are made of: the busiest of each, as the generator weighs them."""
    country = Party.objects.countries().order_by("pk")[0]
    sectors = Sector.objects.filter(parent__isnull=False).order_by("pk")
    with_history = Commitment.objects.published().filter(revisions__number=3).order_by("-pk")
    return {
        "session": _session(),
        "country": country.alpha2,
        "others": list(Party.objects.countries().order_by("pk").values_list("alpha2", flat=True)[1:6]),
        "sector": sectors[0].code,
        "sectors": list(sectors.values_list("code", flat=True)[1:6]),
        "summit": _busiest_summit().code,
        "codes": list(with_history.values_list("code", flat=True)[:20]),
        "pks": list(with_history.values_list("pk", flat=True)[:20]),
    }


def _busiest_summit() -> Summit:
    pk = Commitment.objects.values_list("summit").annotate(many=django.db.models.Count("pk")).order_by("-many")[0][0]
    return Summit.objects.get(pk=pk)


def _session() -> str:
    """The key of a session of an editor."""
    user = User.objects.filter(username=EDITOR).first() or editors.create(
        username=EDITOR, email="bench@example.org", password="a bench in the park, 1923", role=DeskRole.EDITOR
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def captured(address: str) -> list[dict[str, str]]:
    """The queries of a page, asked for the second time."""
    client = Client(headers={"host": "127.0.0.1"})
    if address.startswith("/admin/"):
        client.force_login(User.objects.get(username=EDITOR))
    client.get(address)
    with CaptureQueriesContext(connection) as context:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return context.captured_queries


def queries(addresses: list[str]) -> dict[str, tuple[int, float]]:
    """Of each page, how many queries it takes and how many milliseconds they took."""
    return {
        address: (len(found), sum(float(one["time"]) for one in found) * 1000)
        for address in addresses
        for found in [captured(address)]
    }


class _Undone(Exception):
    """What was done is to be taken back."""


def publish() -> float:
    """Milliseconds of publishing one development: history, status, search entry, revision."""
    author, reviewer = (User.objects.get(username=f"synthetic-{one}") for one in ("author", "reviewer"))
    taken = []
    document = Document.objects.order_by("pk")[0]
    for commitment in Commitment.objects.published().filter(revisions__number=3).order_by("-pk")[:PUBLISHED]:
        try:
            with transaction.atomic():
                maker = commitment.parties.filter(role=Role.MAKER).order_by("pk")[0].party
                draft = Development(
                    commitment=commitment, summary="It went on.", status=Status.IN_PROGRESS, party=maker
                )
                draft.happened = UncertainDate(commitment.made.end)
                evidence = [Evidence(document=document, role=EvidenceRole.SHOWS_PROGRESS)]
                draft = developments.draft(by=author, development=draft, evidence=evidence)
                started = time.perf_counter()
                developments.publish(by=reviewer, development=draft)
                taken.append((time.perf_counter() - started) * 1000)
                raise _Undone
        except _Undone:
            continue
    return statistics.median(taken)


def imported() -> float:
    """Commitments a second that an import writes, read, shown and confirmed as an editor does; undone."""
    editor, summit = User.objects.get(username=EDITOR), Summit.objects.order_by("pk")[0]
    slugs = list(Party.objects.order_by("pk").values_list("slug", flat=True)[:40])
    codes = list(Sector.objects.filter(parent__isnull=False).order_by("pk").values_list("code", flat=True)[:40])
    lines = ["code,title,summary,summit,kind,strength,collectivity,sectors,made,due,due_basis,maker,addressee"]
    lines += [
        f"BENCH-{number:05},Build line {number},They build line {number} by 2030.,{summit.code},programme,committed,"
        f"unilateral,{codes[number % 40]},{summit.starts_on},2030,stated,{slugs[number % 40]},{slugs[-1 - number % 39]}"
        for number in range(IMPORTED)
    ]
    content = "\n".join(lines).encode()
    taken = 0.0
    started = time.perf_counter()
    try:
        with transaction.atomic():
            shown = run.preview(ImportKind.COMMITMENTS, "bench.csv", content)
            upload = imports.give(
                by=editor, kind=ImportKind.COMMITMENTS, file_name="bench.csv", content=content, rows=IMPORTED
            )
            run.carry_out(by=editor, upload=upload, shown=shown.digest, reason="")
            taken = time.perf_counter() - started
            raise _Undone
    except _Undone:
        pass
    return IMPORTED / taken


def table(path: str) -> None:
    """Write the file that Datasette serves: the public commitments, each with one of its countries and sectors."""
    of_country = dict(CommitmentCountry.objects.order_by("-pk").values_list("commitment", "country__alpha2"))
    of_sector = dict(Commitment.sectors.through.objects.order_by("-pk").values_list("commitment", "sector__code"))
    rows = (
        (code, title, made.isoformat(), due and due.isoformat(), status, of_country.get(pk), of_sector.get(pk), summit)
        for pk, code, title, made, due, status, summit in Commitment.objects.published()
        .order_by("pk")
        .values_list("pk", "code", "title", "made_start", "due_end", "status", "summit__code")
        .iterator()
    )
    datasette.write(rows, Path(path))


def explain(address: str) -> None:
    """Print the queries of a page, slowest first."""
    for one in sorted(captured(address), key=lambda one: -float(one["time"])):
        print(f"{float(one['time']) * 1000:8.1f} ms  {one['sql'][:3000]}\n")


if __name__ == "__main__":
    _name, what, *rest = sys.argv
    if what in ("explain", "table"):
        {"explain": explain, "table": table}[what](rest[0])
    else:
        told = {"facts": facts, "publish": publish, "import": imported}
        print(json.dumps(queries(rest) if what == "queries" else told[what]()))
