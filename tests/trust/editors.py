"""Editors who write through the site's own forms over HTTP and do not give up: what they were told is kept, is kept."""

import http.client
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from tests.forms import filled_text
from tests.trust.desk import DRAFT, EDIT, LOG, PUBLISH

FOUND = 302
# Answers that say nothing of whether it was written.
UNKNOWN = range(500, 600)
SOURCE = {
    "evidence__0__url": "https://gazette.example/rail",
    "evidence__0__title": "Rail",
    "evidence__0__publisher": "The Gazette",
}


@dataclass
class Write:
    """Something that an editor wanted written, by a word that nothing else has."""

    word: str
    kind: str
    acknowledged: bool = False


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    text: str
    location: str


class Over(Exception):
    """There is no more time."""


class Editor(threading.Thread):
    """One editor: opens a form, fills it in, sends it until it is answered, and goes on to the next."""

    def __init__(self, number: int, port: int, session: str, commitments: Sequence[int], office: "Office") -> None:
        super().__init__(name=f"editor{number}")
        self._number, self._port, self._session = number, port, session
        self._commitments = itertools.cycle(commitments)
        self._office, self._chance = office, random.Random(number)
        self.writes: list[Write] = []
        self.refused: list[str] = []
        self.faults: Counter[int] = Counter()
        self.error = ""

    def run(self) -> None:
        try:
            for place in itertools.count():
                word, pk = f"Write {self._number}-{place} of an editor", next(self._commitments)
                self._chance.choice((self._log, self._log, self._log, self._draft, self._edit))(pk, word)
        except Over:
            pass
        except Exception as error:  # noqa: BLE001 # it would end silently, and the test would wait for it
            self.error = repr(error)

    def _log(self, pk: int, word: str) -> None:
        self._send(f"/admin/commitments/commitment/{pk}/log/", Write(word, LOG), "_publish", **self._typed(word))

    def _draft(self, pk: int, word: str) -> None:
        write = Write(word, DRAFT)
        self._send(f"/admin/commitments/commitment/{pk}/log/", write, "_save", **self._typed(word))
        if write.acknowledged:
            # The message after saving leads to it.
            page = self._ask("GET", f"/admin/commitments/development/?q={word.replace(' ', '+')}&state=draft")
            address = _between(page.text, 'href="/admin/commitments/development/', "/change/")
            if address.isdecimal():
                self._send(f"/admin/commitments/development/{address}/change/", Write(word, PUBLISH), "_publish")

    def _edit(self, pk: int, word: str) -> None:
        self._send(f"/admin/commitments/commitment/{pk}/change/", Write(word, EDIT), "_save", title=word, reason=word)

    @staticmethod
    def _typed(word: str) -> dict[str, str]:
        return {"summary": word, "happened": "2024-02-08", **SOURCE}

    def _send(self, address: str, write: Write, button: str, **typed: str) -> None:
        """Open the form, and send it until somebody says what became of it."""
        values = {**filled_text(self._ask("GET", address).text, **typed), button: "1"}
        self.writes.append(write)
        answer = self._ask("POST", address, values)
        if answer.status == FOUND and "/accounts/" not in answer.location:
            write.acknowledged = True
            self._office.acknowledge()
        else:
            self.refused.append(f"{write.kind} {answer.status}")

    def _ask(self, method: str, address: str, values: dict[str, Any] | None = None) -> Answer:
        while not self._office.is_over.is_set():
            try:
                answer = self._try(method, address, values)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if answer.status not in UNKNOWN:
                return answer
            self.faults[answer.status] += 1
            time.sleep(0.1)
        raise Over

    def _try(self, method: str, address: str, values: dict[str, Any] | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Cookie": f"sessionid={self._session}; csrftoken={'c' * 32}"}
        body = None
        if values is not None:
            body = urlencode({**values, "csrfmiddlewaretoken": "c" * 32}, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode(), answer.getheader("Location") or "")
        finally:
            connection.close()


class Office:
    """Several editors at once, and how many of their writes were acknowledged by now."""

    def __init__(self, port: int, sessions: Sequence[str], commitments: Sequence[int]) -> None:
        self.is_over = threading.Event()
        self.acknowledged = 0
        self._changed = threading.Condition()
        # Each has commitments of their own: who edits beside another is told of conflicts elsewhere.
        self.editors = [
            Editor(number, port, session, commitments[number :: len(sessions)], self)
            for number, session in enumerate(sessions)
        ]

    def acknowledge(self) -> None:
        with self._changed:
            self.acknowledged += 1
            self._changed.notify_all()

    def wait_for(self, number: int, until: float) -> None:
        """Wait until so many are acknowledged, at most until a time by the monotonic clock."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.acknowledged >= number or not any(editor.is_alive() for editor in self.editors),
                max(0, until - time.monotonic()),
            )

    def start(self) -> None:
        for editor in self.editors:
            editor.start()

    def end(self) -> list[dict[str, Any]]:
        """Let them go home, and give all that they wanted written."""
        self.is_over.set()
        for editor in self.editors:
            editor.join()
        errors = [editor.error for editor in self.editors if editor.error]
        if errors:
            raise RuntimeError("; ".join(errors))
        return [asdict(write) for editor in self.editors for write in editor.writes]

    @property
    def refused(self) -> list[str]:
        return [one for editor in self.editors for one in editor.refused]

    @property
    def faults(self) -> Counter[int]:
        return sum((editor.faults for editor in self.editors), Counter())


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]
