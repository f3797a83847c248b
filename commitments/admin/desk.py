"""The first page of the editors' site: what to look at next, and how much there is of everything."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commitments import remits, standing, triage
from commitments.admin import attention
from commitments.codelists import Flag
from commitments.models import User

# Set on the address after a check, so that the next row stands ready to be typed into.
CHECKED = "checked"


class QuickCheckForm(forms.Form):
    """Where somebody looked today, and found nothing new."""

    searched = forms.CharField(
        label=gettext_lazy("Where you looked"),
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "where", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, pk: int, code: str, autofocus: bool = False) -> None:
        super().__init__(data, auto_id=f"id_{pk}_%s", label_suffix="")
        widget = self.fields["searched"].widget
        widget.attrs["autofocus"] = autofocus
        # Twenty boxes with one name are told apart by what they belong to.
        widget.attrs["aria-describedby"] = f"queue-{code}"


@dataclass(frozen=True)
class Row:
    """A commitment in the queue, with its flags and, for whoever may use it, the form to check it."""

    entry: triage.Entry
    flags: list[Flag]
    form: QuickCheckForm | None


def desk(request: HttpRequest, refused: tuple[int, QuickCheckForm] | None = None) -> dict[str, Any]:
    """What the desk shows to this user; `refused` is a row's form with what was typed and what is wrong with it."""
    user: User = request.user  # type: ignore[assignment] # the site lets in members of staff only
    today = timezone.localdate()
    may_read = user.has_perm("commitments.view_commitment")
    may_check = user.has_perms(("commitments.add_development", "commitments.publish_development"))
    entries = triage.queue(today=today, among=remits.within(user, triage.followed())) if may_read else []
    rows = []
    for place, entry in enumerate(entries):
        pk, code = entry.commitment.pk, entry.commitment.code
        is_next = place == 0 and CHECKED in request.GET
        form = QuickCheckForm(pk=pk, code=code, autofocus=is_next) if may_check else None
        if refused is not None and refused[0] == pk:
            form = refused[1]
        rows.append(Row(entry, standing.row_flags(entry.commitment, today=today), form))
    return {"figures": attention.figures(user, today=today), "queue": rows, "may_read": may_read}
