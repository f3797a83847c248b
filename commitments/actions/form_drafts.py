"""What an editor has typed into a form and not saved yet: kept every few seconds, for them alone."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.models import FormDraft, User

# Characters of JSON: several times what the largest form of the admin holds.
LARGEST = 300_000
LONGEST_ADDRESS = 200
# Of one editor. The oldest gives way.
MOST = 100

type Content = Mapping[str, Sequence[str]]


def find(*, by: User, address: str) -> FormDraft | None:
    """What this editor had typed at this address, if anything is kept."""
    return FormDraft.objects.filter(editor=by, address=address).first()


@transaction.atomic
def keep(
    *,
    by: User,
    address: str,
    content: Content,
    known: dt.datetime | None = None,
    save_id: str = "",
    unanswered: Collection[str] = (),
    at: dt.datetime | None = None,
) -> FormDraft:
    """Keep what the form at `address` holds, in place of what was kept at `known` or by a save that is `unanswered`.

    A save that was sent has a `save_id` of its own. The window that sent it names it as unanswered in later ones until
    it hears that it was kept: they may overtake it, and its answer may be lost.

    Raises `Refused` when it is too large, `Conflict` when something else is kept there than what was `known`: typed
    before and not restored, or in another window. Neither writes over the other.
    """
    at = at or timezone.now()
    # PostgreSQL stores no null characters, and forms refuse them by themselves.
    cleaned = {name.replace("\x00", ""): [text.replace("\x00", "") for text in content[name]] for name in content}
    if len(json.dumps(cleaned)) > LARGEST or len(address) > LONGEST_ADDRESS:
        raise Refused(_("This form is too large to be kept: save it yourself."))
    drafts = FormDraft.objects.filter(editor=by)
    there = drafts.filter(address=address)
    ours = Q(save_id__in=[one for one in unanswered if one])
    if known is not None:
        ours |= Q(saved_at=known)
    if there.filter(ours).update(content=cleaned, saved_at=at, save_id=save_id):
        return there.get()
    try:
        with transaction.atomic():
            draft = FormDraft.objects.create(editor=by, address=address, content=cleaned, saved_at=at, save_id=save_id)
    except IntegrityError as error:
        raise Conflict(_("Something else that you typed here is kept already.")) from error
    kept = drafts.order_by("-saved_at", "-pk").values("pk")[:MOST]
    drafts.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return draft


@transaction.atomic
def discard(*, by: User, address: str, known: dt.datetime | None = None) -> None:
    """Forget what is kept for a form: it was saved, or the editor does not want it. With `known`, that alone."""
    there = FormDraft.objects.filter(editor=by, address=address)
    (there if known is None else there.filter(saved_at=known)).delete()
