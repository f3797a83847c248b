"""A process that forks workers on demand, for a test that kills them.

    python -m tests.following.worker DATABASE MAILS

A line on its standard input is answered with the process id of a new worker, which delivers once and ends. Forked, so
that none takes a second to start. DATABASE is the name of the test's database, MAILS a folder for what is mailed.
"""

import datetime as dt
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

LEASE = dt.timedelta(seconds=1)


def main(database: str, mails: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        # Processes are killed here, not machines: nothing needs to wait for the disk.
        options["init_command"] = options["init_command"].replace("FULL", "OFF")
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": mails},
        }
    }
    # A receiver on this machine stands for the whole internet.
    settings.DEBUG = True
    django.setup()
    from commitments.following.run import deliver  # noqa: PLC0415 # when there are models
    from commitments.following.sending import Sender  # noqa: PLC0415

    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                deliver(Sender(lease=LEASE))
            finally:
                os._exit(0)
        print(pid, flush=True)
        os.waitpid(pid, 0)
        print("over", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
