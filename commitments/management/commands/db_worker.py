"""The worker of django-tasks-db, which pauses while the site is read-only."""

import time
from types import FrameType
from typing import Any

from django_tasks_db.management.commands import db_worker as theirs

from commitments import read_only

LOOK_EVERY = 1.0


class PausingWorker(theirs.Worker):
    """Takes no task while the site is read-only. Its loop asks `running` before each; told to end, it ends."""

    _running = True
    _is_ending = False

    @property
    def running(self) -> bool:
        while self._running and not self._is_ending and read_only.is_on():
            if self.batch:
                return False
            time.sleep(LOOK_EVERY)
        return self._running

    @running.setter
    def running(self, value: bool) -> None:
        self._running = value

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self._is_ending = True
        super().shutdown(signum, frame)


class Command(theirs.Command):
    def handle(self, **options: Any) -> None:
        theirs.Worker = PausingWorker  # type: ignore[misc] # there is no other way to say which
        super().handle(**options)
