"""Which of our statuses a foreign word may mean: for an editor to confirm, never taken over by itself."""

from commitments.codelists import STATUS_EQUIVALENTS, Status


def word_of(text: str) -> str:
    """The foreign word in a cell, as it is asked about and kept: in small letters, and in one line, as forms are."""
    return " ".join(text.lower().split())


def suggested(word: str) -> Status | None:
    """The only status that other trackers, or our own labels, know under this word; None for none or several."""
    wanted = _folded(word)
    found = {
        status
        for status, other in STATUS_EQUIVALENTS.items()
        if wanted in {_folded(name) for name in (*vars(other).values(), str(status.label), status.value)}
    }
    return found.pop() if len(found) == 1 else None


def _folded(word: str) -> str:
    return " ".join(word.lower().replace("_", " ").replace("−", "-").split())
