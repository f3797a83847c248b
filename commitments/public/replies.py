"""What parties answered to the assessment, and whether it changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commitments.codelists import DevelopmentKind
from commitments.models import Development, StatusChange
from commitments.standing import counting


@dataclass(frozen=True)
class Reply:
    """A party's reply, and whether the status of the whole or the party's own was changed after it was published."""

    development: Development
    changed_since: bool


def replies(developments: Sequence[Development], changes: Iterable[StatusChange]) -> list[Reply]:
    """The replies that count, in the order of `developments`; one that was put right stands as its correction."""
    changes = list(changes)
    return [Reply(one, _changed_since(one, changes)) for one in counting(developments) if _is_reply(one)]


def _is_reply(development: Development) -> bool:
    corrected = development.corrects
    return DevelopmentKind.REPLY in (development.kind, corrected.kind if corrected else None)


def _changed_since(reply: Development, changes: Iterable[StatusChange]) -> bool:
    # A correction of its wording comes later than the reply itself.
    published_at = (reply.corrects or reply).published_at
    return published_at is not None and any(
        change.recorded_at > published_at and change.party_id in (None, reply.party_id) for change in changes
    )
