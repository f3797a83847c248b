"""Writes that are counted: `python -m tests.trust.writer NAME`, with the environment of a site.

Sends suggestions through the site's own action, each with a number of its own, and prints the number when the database
has acknowledged it. What fails is not tried again: the next has another number. Ends when it is told to.
"""

import itertools
import os
import sys
import time

import django
from django.db import Error, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def main(name: str) -> None:
    """Write until the end."""
    django.setup()
    from commitments.actions import suggestions  # noqa: PLC0415 # models need the settings first
    from commitments.codelists import SuggestionKind  # noqa: PLC0415
    from commitments.models import Commitment  # noqa: PLC0415

    commitment = Commitment.objects.published().first()
    assert commitment is not None
    for number in itertools.count():
        word = f"write {name}-{number}"
        try:
            suggestions.send(commitment=commitment, kind=SuggestionKind.HAPPENED, text=word, url="https://example.org/")
        except Error:
            connection.close()
            time.sleep(0.05)
        else:
            # Said at once: what is printed was acknowledged.
            print(word, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
