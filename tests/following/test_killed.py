"""Workers killed at random points lose no message, tell nothing twice, and repeat under the identifier of the first.

DELIVERIES=200 makes the long form of it.
"""

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from commitments.codelists import Channel, DeliveryState, Status
from commitments.models import Delivery, Subscription
from tests.factories import make_commitment, make_development, make_subscription
from tests.links.servers import answer, serving

pytestmark = pytest.mark.django_db(transaction=True)
DELIVERIES = int(os.environ.get("DELIVERIES", "40"))
# Seconds that a worker lives at most before it is killed: it gets through some messages in that time, never all.
SHORTEST, LONGEST = 0.01, 0.25
# Then they are let live, so that it ends on any machine.
MOST_KILLS = DELIVERIES // 2


@contextmanager
def foreman(mails: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that forks workers at the database of this test."""
    command = [sys.executable, "-m", "tests.following.worker", str(connection.settings_dict["NAME"]), str(mails)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=30)


def work(process: subprocess.Popen[str], lives: float | None) -> None:
    """Let a worker deliver, and kill it after so many seconds unless it is done before."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    pid = int(process.stdout.readline())
    killer = threading.Timer(60 if lives is None else lives, _kill, [pid])
    killer.start()
    assert process.stdout.readline() == "over\n"
    killer.cancel()
    killer.join()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def test_killed_workers_lose_nothing_and_repeat_under_the_same_identifier(tmp_path: Path) -> None:
    chance = random.Random(DELIVERIES)
    taken: dict[str, list[str]] = defaultdict(list)

    def take(request: Any) -> None:
        taken[request.path].append(request.headers["Webhook-Id"])
        answer(204, b"")(request)

    with serving(take) as receiver:
        followers = [
            make_subscription(address=f"{receiver.url}{number}" if number % 2 else f"reader{number}@example.org")
            for number in range(DELIVERIES)
        ]
        make_development(make_commitment("A-01"), status=Status.IN_PROGRESS)
        kills = 0
        with foreman(tmp_path) as process:
            while Delivery.objects.waiting().exists() or Delivery.objects.count() < DELIVERIES:
                work(process, chance.uniform(SHORTEST, LONGEST) if kills < MOST_KILLS else None)
                kills += 1
            work(process, None)

    assert kills > 2
    for message in tmp_path.iterdir():
        text = message.read_text(encoding="utf-8", errors="replace")
        for part in text.split("Content-Type: multipart/alternative")[1:]:
            to, identifier = re.search(r"^To: (.+)$", part, re.M), re.search(r"^Message-ID: <(.+)@", part, re.M)
            if to and identifier:
                taken[to[1]].append(identifier[1])
    rows = {row.subscription_id: row for row in Delivery.objects.all()}
    assert len(rows) == Delivery.objects.count() == DELIVERIES
    for follower in followers:
        row = rows[follower.pk]
        place = follower.address if follower.channel == Channel.EMAIL else f"/{follower.address.rpartition('/')[2]}"
        assert row.state == DeliveryState.SENT
        assert set(taken[place]) == {str(row.identifier)}, place
    assert Subscription.objects.filter(failures__gt=0).count() == 0
    print(f"{kills} workers; {sum(map(len, taken.values())) - DELIVERIES} of {DELIVERIES} messages repeated")
