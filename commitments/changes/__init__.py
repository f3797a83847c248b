"""What changed in public since a revision, for whoever follows a query: messages, feeds."""

from commitments.changes.followed import COMMITMENT, Followed
from commitments.changes.since import changes_since, last_of
from commitments.changes.telling import Change, Edit, Entry, Kind, Move

__all__ = ["COMMITMENT", "Change", "Edit", "Entry", "Followed", "Kind", "Move", "changes_since", "last_of"]
