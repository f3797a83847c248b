"""Captures of a source at the desk: take one now, read and download those that are there. Editors only."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commitments.actions import captures
from commitments.admin.records import admin_url
from commitments.admin.site import note, require
from commitments.links import Capturer, NotReadable, warc
from commitments.models import Capture, Document
from commitments.once import outside

RIGHT = "change_document"
SHOWN = 5
SHOWN_CHARACTERS = 20_000
WARC_TYPE = "application/warc"


@outside
@require_POST
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    """Capture a source now, and say what came of it."""
    require(request, RIGHT)
    document = get_object_or_404(Document, pk=pk)
    try:
        row = captures.capture(by=request.user, document=document, capturer=Capturer())  # type: ignore[arg-type] # `require` lets in users only
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        note(request, document, CHANGE, _("Captured"))
        messages.success(
            request,
            _("It is captured: %(size)s of %(type)s.") % {"size": filesizeformat(row.size), "type": row.media_type},
        )
    return redirect(f"{admin_url(document)}#captures")


@require_safe
def download(request: HttpRequest, pk: int, capture_pk: int) -> HttpResponse:
    """The file of one capture."""
    require(request, RIGHT)
    row = get_object_or_404(Capture.objects.defer("text"), pk=capture_pk)
    if row.document_id != pk:
        raise Http404
    try:
        # As large as what is captured at most, and packed: no need to stream it.
        content = warc.within(Path(settings.CAPTURES_DIR), row.warc).read_bytes()
    except (OSError, NotReadable) as error:
        raise Http404(_("The file of this capture is missing.")) from error
    disposition = content_disposition_header(as_attachment=True, filename=Path(row.warc).name)
    return HttpResponse(content, content_type=WARC_TYPE, headers={"Content-Disposition": disposition or "attachment"})


def captures_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What a document's page shows of its captures, the newest first; their text to editors only."""
    may_capture = request.user.has_perm(f"commitments.{RIGHT}")
    rows = Capture.objects.filter(document=document).defer("text")
    if may_capture:
        rows = rows.annotate(beginning=Left("text", SHOWN_CHARACTERS))
    return {
        "captures": list(rows[:SHOWN]),
        "captures_count": Capture.objects.filter(document=document).count(),
        "may_capture": may_capture,
        "capture_refusal": captures.refusal(document),
    }
