"""Files that editors import: given, mended, confirmed or discarded, once; and what foreign words mean here."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict
from commitments.actions.saving import save_valid
from commitments.actions.turns import take_turn
from commitments.codelists import ImportKind, ImportState, Status
from commitments.models import Import, StatusWord, User


@transaction.atomic
def give(
    *,
    by: User,
    kind: ImportKind,
    file_name: str,
    content: bytes,
    sheet: str = "",
    rows: int = 0,
    faults: int = 0,
    writes: int | None = None,
    instead: Import | None = None,
    at: dt.datetime | None = None,
) -> Import:
    """Keep a file until somebody confirms it. Nothing of it is written.

    `writes` is the number of rows that it would create or change, where somebody has gone through it.
    `instead` is one that waits and that this one mends: it is discarded, if nobody else decided on it meanwhile.
    """
    at = at or timezone.now()
    if instead is not None:
        _decide(by, instead, ImportState.DISCARDED, at)
    upload = Import(
        kind=kind,
        file_name=file_name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=rows,
        faults=faults,
        summary=({"sheet": sheet} if sheet else {}) | ({} if writes is None else {"writes": writes}),
        by=by,
        given_at=at,
    )
    upload.full_clean()
    upload.save()
    return upload


@transaction.atomic
def confirm(
    *, by: User, upload: Import, write: Callable[[], Mapping[str, Any]], at: dt.datetime | None = None
) -> Import:
    """Write the rows of a file that waits, by `write`, which gives back what it did, to be kept.

    One transaction: whatever `write` raises undoes all of it. Raises `Conflict` when somebody decided on it before.
    """
    _decide(by, upload, ImportState.DONE, at or timezone.now())
    upload.summary = dict(write())
    upload.save(update_fields=["summary"])
    upload.refresh_from_db()
    return upload


@transaction.atomic
def discard(*, by: User, upload: Import, at: dt.datetime | None = None) -> Import:
    """Throw a file that waits away. Raises `Conflict` when somebody decided on it before."""
    _decide(by, upload, ImportState.DISCARDED, at or timezone.now())
    upload.refresh_from_db()
    return upload


@transaction.atomic
def count_anew(*, upload: Import, faults: int, writes: int) -> None:
    """Note how many problems a file that waits has by now, and how many rows it would write.

    By nobody: they follow from the file and the record.
    """
    waiting = Import.objects.filter(pk=upload.pk, state=ImportState.WAITING)
    waiting.update(faults=faults, summary={**upload.summary, "writes": writes})


@transaction.atomic
def save_word(*, by: User, word: StatusWord) -> StatusWord:
    """Save what a foreign word for a status means here. Raises `ValidationError` when a field is wrong."""
    word.word = word.word.strip().lower()
    save_valid(word, by)
    return word


@transaction.atomic
def give_meanings(*, by: User, meanings: Mapping[str, Status]) -> None:
    """Say what words mean that had no meaning yet. Raises `Conflict` when somebody else gave one another meanwhile."""
    take_turn("status words")
    known = {word.word: word for word in StatusWord.objects.filter(word__in=meanings)}
    for text, status in meanings.items():
        if text not in known:
            save_word(by=by, word=StatusWord(word=text, status=status))
        elif known[text].status != status:
            message = _("Somebody else said meanwhile what “%(word)s” means: “%(status)s”. Nothing was changed.")
            raise Conflict(message % {"word": text, "status": known[text].get_status_display()})


def _decide(by: User, upload: Import, state: ImportState, at: dt.datetime) -> None:
    # A conditional update, so that of two who decide at once exactly one gets through. What was given is not kept.
    fields: dict[str, Any] = {"state": state, "decided_by": by, "decided_at": at, "content": b""}
    if state == ImportState.DONE:
        fields["faults"] = 0
    if not Import.objects.filter(pk=upload.pk, state=ImportState.WAITING).update(**fields):
        raise Conflict(_("Somebody confirmed or discarded this import meanwhile. Nothing was changed."))
