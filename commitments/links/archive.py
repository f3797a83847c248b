"""Where a copy may be found. A suggestion for editors, made of the address alone: nothing is asked there."""

import datetime as dt
from urllib.parse import quote

from commitments.models import Document

ARCHIVE = "https://web.archive.org/web/"
DAY = dt.timedelta(days=1)


def suggested_archive(document: Document) -> str:
    """The address of the archived copy nearest to the day when the document was read; empty without an address.

    That is the day of the capture, else of the document, else the one before it was gone.
    """
    if not document.url:
        return ""
    dated = document.dated
    before_gone = document.gone_since - DAY if document.gone_since else None
    day = document.captured_on or (dated.start if dated else None) or before_gone
    stamp = f"{day:%Y%m%d}/" if day and day.year >= 1000 else ""
    return f"{ARCHIVE}{stamp}{quote(document.url, safe=':/?&=%#@!$+,;~-._*()[]')}"
