"""Whether sources still answer: trying an address safely, what follows from several tries, and keeping the answer."""

from commitments.links.archive import suggested_archive
from commitments.links.capturing import Capturer, Fetched, NotCaptured
from commitments.links.checking import Checker, Result
from commitments.links.health import Health, Try, health_after
from commitments.links.policy import Policy
from commitments.links.warc import NotReadable

__all__ = [
    "Capturer",
    "Checker",
    "Fetched",
    "Health",
    "NotCaptured",
    "NotReadable",
    "Policy",
    "Result",
    "Try",
    "health_after",
    "suggested_archive",
]
