"""What a message says when it is sent: what was written into the outbox, but for what was taken back since."""

from commitments.changes import Change
from commitments.changes.since import retracted_since
from commitments.changes.telling import Kind
from commitments.models import Delivery


def told(delivery: Delivery) -> list[Change]:
    """The changes of a message. Of a commitment that was retracted after they were written only that is left."""
    changes = [Change.of_json(one) for one in delivery.content["changes"]]
    gone = retracted_since((change.code for change in changes), delivery.content["until"])
    return [_forgotten(change) if change.code in gone else change for change in changes]


def _forgotten(change: Change) -> Change:
    return Change(change.code, Kind.RETRACTED.value, change.revision, change.at)
