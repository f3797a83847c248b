"""Forms that keep what is typed before it is saved: where it is sent to, and how it is offered again.

A form is known by its address without the query. Each editor has their own.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.actions import form_drafts
from commitments.actions.errors import Conflict, Refused
from commitments.models import FormDraft, User

RESTORE = "restore"
# When what the page shows was kept last; the script keeps it up to date.
KEPT = "_kept"
ADDRESS = "_address"
# The number that the script gave this save, and those of its saves whose answers it does not have.
NUMBER, UNANSWERED = "_number", "_unanswered"
MOST_UNANSWERED = 20
CSRF = "csrfmiddlewaretoken"
CONFLICT, TOO_LARGE = 409, 413


@dataclass(frozen=True)
class Unsaved:
    """What a page says of the form that it shows: what is kept for it (`draft`), and whether that is what it shows."""

    address: str
    kept: str
    draft: FormDraft | None
    is_restored: bool

    @property
    def is_offered(self) -> bool:
        """Whether something is kept that the form does not show."""
        return self.draft is not None and not self.is_restored


def of(request: HttpRequest) -> Unsaved:
    """What is kept for the form at this address."""
    if KEPT in request.POST:
        return Unsaved(request.path, request.POST[KEPT], None, is_restored=False)
    draft = _find(request)
    is_restored = draft is not None and RESTORE in request.GET
    kept = draft.saved_at.isoformat() if draft and is_restored else ""
    return Unsaved(request.path, kept, draft, is_restored)


def restored(request: HttpRequest) -> QueryDict | None:
    """What had been typed, as if it were posted, where the address asks for it and something is kept."""
    draft = _find(request) if RESTORE in request.GET and request.method == "GET" else None
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, texts in draft.content.items():
        data.setlist(name, texts)
    return data


@contextmanager
def as_if_posted(request: HttpRequest, data: QueryDict) -> Iterator[None]:
    """Let Django's own view of a form show `data`. Whoever uses it sees to it that the form is refused."""
    before = request.POST
    request.method, request.POST = "POST", data  # type: ignore[assignment] # as Django's tests do
    try:
        yield
    finally:
        request.method, request.POST = "GET", before


def forget_errors(context: dict[str, Any]) -> None:
    """Let Django's page of a form show what was typed without a word about it yet."""
    context["errors"] = []
    context["adminform"].form._errors = ErrorDict()
    for formset in (inline.formset for inline in context["inline_admin_formsets"]):
        formset._errors, formset._non_form_errors = [], formset.error_class()
        for form in formset.forms:
            form._errors = ErrorDict()


def forget(request: HttpRequest) -> None:
    """The form was saved: what was kept of it goes. What it never showed stays. Called within the save."""
    known = _moment(request.POST.get(KEPT, ""))
    if known is not None:
        form_drafts.discard(by=_editor(request), address=request.path, known=known)


@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what a form holds. Answers with the moment, and what to say."""
    address = _address(request)
    content = {name: texts for name, texts in request.POST.lists() if not name.startswith("_") and name != CSRF}
    try:
        draft = form_drafts.keep(
            by=_editor(request),
            address=address,
            content=content,
            known=_moment(request.POST.get(KEPT, "")),
            save_id="".join(_save_ids(request, NUMBER)[:1]),
            unanswered=_save_ids(request, UNANSWERED)[-MOST_UNANSWERED:],
        )
    except Conflict:
        said = _(
            "What you type now is not kept: other words of yours are, from before or from another window. "
            "Restore or discard those first."
        )
        return JsonResponse({"said": said}, status=CONFLICT)
    except Refused as refusal:
        return JsonResponse({"said": " ".join(refusal.messages)}, status=TOO_LARGE)
    time = formats.time_format(timezone.localtime(draft.saved_at), "H:i")
    return JsonResponse({"kept": draft.saved_at.isoformat(), "said": _("Saved at %(time)s") % {"time": time}})


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget what is kept for a form, and open it anew."""
    address = _address(request)
    form_drafts.discard(by=_editor(request), address=address)
    messages.info(request, _("What you had typed is discarded."))
    return HttpResponseRedirect(address)


def _find(request: HttpRequest) -> FormDraft | None:
    return form_drafts.find(by=_editor(request), address=request.path)


def _address(request: HttpRequest) -> str:
    """The address of the form, which is a page of the editors' site; else a bad request."""
    address: str = request.POST.get(ADDRESS, "")
    is_ours = address.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(address, None)
    if not is_ours or len(address) > form_drafts.LONGEST_ADDRESS or {"?", "\x00"} & set(address):
        raise BadRequest("The address is not one of a form of this site.")
    return address


def _save_ids(request: HttpRequest, name: str) -> list[str]:
    return [text for text in request.POST.getlist(name) if re.fullmatch("[0-9a-f]{32}", text)]


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
        # In the calendar that databases count by.
        return moment.astimezone(dt.UTC) if timezone.is_aware(moment) else None
    except (ValueError, OverflowError):
        return None


def _editor(request: HttpRequest) -> User:
    editor: Any = request.user
    return editor  # type: ignore[no-any-return] # the site lets in members of staff only
