"""Whether sources still answer: trying an address safely, and what follows from having tried it several times."""

from commitments.links.archive import suggested_archive
from commitments.links.checking import Checker, Result
from commitments.links.health import Health, Try, health_after
from commitments.links.policy import Policy

__all__ = ["Checker", "Health", "Policy", "Result", "Try", "health_after", "suggested_archive"]
