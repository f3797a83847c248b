"""The pages of an import: give a file, see what it would do and what is wrong with it, confirm it or discard it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.actions import imports as import_actions
from commitments.actions.errors import Conflict
from commitments.admin.import_forms import ConfirmForm, FileForm, WordsForm
from commitments.admin.keys import is_key
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.codelists import ImportKind, ImportState
from commitments.imports.files import run, templates
from commitments.imports.files.kinds import columns_of
from commitments.imports.files.limits import MEGABYTE, MOST_BYTES, MOST_ROWS
from commitments.imports.files.preview import Preview
from commitments.limits import HOUR, seconds_to_wait, too_many
from commitments.models import Import, User

SHOWN_METHODS = ("GET", "HEAD", "POST")
SHOWN_ROWS = 50
SHOWN_PROBLEMS = 100
# Whoever may add and change a noun may import it.
NOUNS = {
    ImportKind.COMMITMENTS: "commitment",
    ImportKind.DEVELOPMENTS: "development",
    ImportKind.DOCUMENTS: "document",
    ImportKind.PARTIES: "party",
}
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
CONFIRM, DISCARD, MEANINGS = "confirm", "discard", "meanings"


@dataclass
class Page:
    """What the page of an import that waits shows: its preview, and the forms as they were posted."""

    preview: Preview
    words: WordsForm
    confirming: ConfirmForm


@require_http_methods(SHOWN_METHODS)
def begin(request: HttpRequest) -> HttpResponse:
    """Give a file. What it may hold is explained below the form."""
    kinds = [kind for kind in ImportKind if _may(request, "add", kind)]
    require(request, "add_import", *(() if kinds else ("add_commitment",)))
    initial = {"kind": request.GET.get("kind", "")}
    form = FileForm(kinds, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = f"account {_user(request).pk}"
        wait = seconds_to_wait(request, what="import", most=settings.IMPORTS_PER_HOUR, within=HOUR, who=who)
        if wait:
            return too_many(request, wait)
        try:
            return redirect(admin_url(_give(request, form)))
        except Conflict as conflict:
            form.add_error(None, conflict)
    context = {
        "title": _("Import a file"),
        "form": form,
        "kinds": [(kind, columns_of(kind)) for kind in kinds],
        "chosen": form["kind"].value(),
        "instead": _instead(request),
        "most_rows": MOST_ROWS,
        "most_megabytes": MOST_BYTES // MEGABYTE,
    }
    return _render(request, "admin/import_begin.html", **context)


def _give(request: HttpRequest, form: FileForm) -> Import:
    typed = form.cleaned_data
    kind, file = ImportKind(typed["kind"]), typed["file"]
    name = "".join(letter for letter in file.name if letter.isprintable())
    content = file.read()
    found = run.preview(kind, name, content, typed["sheet"])
    with transaction.atomic():
        upload = import_actions.give(
            by=_user(request),
            kind=kind,
            file_name=name,
            content=content,
            sheet=typed["sheet"],
            rows=found.total,
            faults=found.faults,
            writes=found.writes,
            instead=_instead(request),
        )
        note(request, upload, ADDITION, _("Given"))
    return upload


def _instead(request: HttpRequest) -> Import | None:
    """The import that waits and that a new file is to take the place of, where the address names one."""
    asked = request.GET.get("instead", "")
    if not is_key(asked):
        return None
    return Import.objects.waiting().defer("content").filter(pk=int(asked)).first()


@require_http_methods(SHOWN_METHODS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what it would do and what is wrong with it while it waits, what it did afterwards."""
    require(request, "view_import")
    upload = get_object_or_404(Import.objects.select_related("by", "decided_by"), pk=pk)
    if request.method == "POST":
        require(request, "change_import", f"add_{_noun(upload)}", f"change_{_noun(upload)}")
        answer = _decide(request, upload)
        if answer is not None:
            return answer
    page = _page(upload) if upload.state == ImportState.WAITING else None
    return _show(request, upload, page)


def _decide(request: HttpRequest, upload: Import) -> HttpResponse | None:
    """Do what was asked for. None where that was nothing."""
    decision = request.POST.get("decision")
    try:
        if decision == DISCARD:
            with transaction.atomic():
                import_actions.discard(by=_user(request), upload=upload)
                note(request, upload, CHANGE, _("Discarded"))
            messages.success(request, _("The file is discarded. Nothing of it was written."))
        elif decision == MEANINGS:
            _give_meanings(request, upload)
        elif decision == CONFIRM:
            return _confirm(request, upload)
        else:
            return None
    except Conflict as conflict:
        messages.warning(request, conflict.messages[0])
    return redirect(admin_url(upload))


def _give_meanings(request: HttpRequest, upload: Import) -> None:
    form = WordsForm(_preview(upload).words, request.POST)
    if not form.is_valid() or not form.meanings():
        messages.warning(request, _("No meaning was chosen. Nothing was changed."))
        return
    with transaction.atomic():
        import_actions.give_meanings(by=_user(request), meanings=form.meanings())
        note(request, upload, CHANGE, _("Said what foreign status words mean"))
    _count_anew(upload, _preview(upload))
    messages.success(request, _("The meanings are kept, for this file and for every later one."))


def _count_anew(upload: Import, found: Preview) -> None:
    import_actions.count_anew(upload=upload, faults=found.faults, writes=found.writes)


def _confirm(request: HttpRequest, upload: Import) -> HttpResponse:
    if upload.state != ImportState.WAITING:
        raise Conflict(_("Somebody confirmed or discarded this import meanwhile. Nothing was changed."))
    form = ConfirmForm(request.POST, asks_why="reason" in request.POST)
    if not form.is_valid():
        return _show(request, upload, _page(upload, form))
    typed = form.cleaned_data
    try:
        with transaction.atomic():
            done = run.carry_out(by=_user(request), upload=upload, shown=typed["shown"], reason=typed.get("reason", ""))
            note(request, upload, CHANGE, _("Confirmed"))
    except run.NotWritten as refusal:
        upload.refresh_from_db()
        if refusal.preview.is_clean:
            _count_anew(upload, refusal.preview)
            messages.warning(
                request,
                _("The record has changed since: the file would do something else. Nothing was written, read anew."),
            )
        else:
            messages.error(request, _("Nothing was written: see what stands in the way."))
        return _show(request, upload, _page_of(refusal.preview, upload))
    values = {"created": len(done.created), "changed": len(done.changed)}
    messages.success(request, _("Imported: %(created)d created, %(changed)d changed.") % values)
    return redirect(admin_url(upload))


def _page(upload: Import, form: ConfirmForm | None = None) -> Page:
    return _page_of(_preview(upload), upload, form)


def _page_of(found: Preview, upload: Import, form: ConfirmForm | None = None) -> Page:
    initial = {"shown": found.digest, "reason": _("Imported from “%(file)s”") % {"file": upload.file_name}}
    confirming = ConfirmForm(initial=initial, asks_why=bool(found.changed))
    if form is not None:
        # What was typed stays; whoever confirms now confirms what is shown now.
        form.data = {**form.data.dict(), "shown": found.digest}  # type: ignore[attr-defined] # a QueryDict
        confirming = form
    return Page(found, WordsForm(found.words), confirming)


def _preview(upload: Import) -> Preview:
    return run.preview(
        ImportKind(upload.kind), upload.file_name, bytes(upload.content), upload.summary.get("sheet", "")
    )


def _show(request: HttpRequest, upload: Import, page: Page | None) -> HttpResponse:
    noun = _noun(upload)
    rights = [f"commitments.{right}" for right in ("change_import", f"add_{noun}", f"change_{noun}")]
    context: dict[str, Any] = {
        "title": upload.file_name,
        "upload": upload,
        "may_decide": request.user.has_perms(rights),
        "counts": upload.summary.get(upload.kind),
    }
    if page is not None:
        found = page.preview
        context |= {
            "preview": found,
            "problems": found.problems[:SHOWN_PROBLEMS],
            "created": found.created[:SHOWN_ROWS],
            "changed": found.changed[:SHOWN_ROWS],
            "words": page.words,
            "form": page.confirming,
        }
    return _render(request, "admin/import.html", **context)


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem of a file that waits, as CSV."""
    require(request, "view_import")
    upload = get_object_or_404(Import.objects.waiting(), pk=pk)
    return _file(templates.problems_as_csv(_preview(upload).problems), CSV_TYPE, f"problems-{pk}.csv")


@require_safe
def template(request: HttpRequest, kind: str, extension: str) -> HttpResponse:
    """An empty file of one kind to fill in."""
    require(request, "view_import")
    if kind not in ImportKind.values or extension not in ("csv", "xlsx"):
        raise Http404
    made, media_type = (templates.as_csv, CSV_TYPE) if extension == "csv" else (templates.as_xlsx, XLSX_TYPE)
    return _file(made(ImportKind(kind)), media_type, f"{kind}.{extension}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _noun(upload: Import) -> str:
    return NOUNS[ImportKind(upload.kind)]


def _may(request: HttpRequest, right: str, kind: ImportKind) -> bool:
    noun = NOUNS[kind]
    return request.user.has_perms([f"commitments.{right}_{noun}", f"commitments.change_{noun}"])


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _render(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, name, page_context(request, opts=Import._meta, **context))
