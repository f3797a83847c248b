"""Reading a document sentence by sentence: its text, what the rules propose, and what the editor decides."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commitments.actions import coverage as coverage_actions
from commitments.actions.errors import Conflict
from commitments.admin import coverage_guesses
from commitments.admin.coverage_forms import SentenceForm, TextForm
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.coverage import proposals, sentences
from commitments.coverage.sentences import Sentence
from commitments.models import CoverageSession, Document, Passage, User

PER_PAGE = 20
AND_ON = "_next"
SHOWN_METHODS = ("GET", "HEAD", "POST")


@dataclass
class Line:
    """One sentence on the page: decided, or with its form."""

    sentence: Sentence
    passage: Passage | None = None
    form: SentenceForm | None = None


@require_http_methods(SHOWN_METHODS)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste or upload the text of a document; whoever is reading it already goes on."""
    require(request, "add_commitment", "change_document")
    document = get_object_or_404(Document, pk=pk)
    if CoverageSession.objects.filter(document=document).exclude(text="").exists():
        return redirect(admin_url(document, "sentences"))
    form = TextForm(request.POST or None, request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            coverage_actions.begin(
                by=_user(request),
                document=document,
                summit=form.cleaned_data["summit"],
                text=form.cleaned_data["read"],
            )
        except Conflict as conflict:
            messages.warning(request, conflict.messages[0])
            return redirect(admin_url(document, "sentences"))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(admin_url(document, "sentences"))
    return _render(request, "admin/coverage_begin.html", document, form=form, title=_("Read sentence by sentence"))


@require_http_methods(SHOWN_METHODS)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences, twenty a page, each with what is proposed or what was decided."""
    require(request, "add_commitment", "change_document")
    session = _session(pk)
    if session is None:
        return redirect(reverse("admin:commitments_document_read", args=[pk]))
    every = sentences.split(session.text)
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    posted = request.POST if request.method == "POST" else None
    passages = {(one.paragraph, one.sentence): one for one in _passages(session.document)}
    lines = _lines(session, page, passages, posted)
    refusal: ValidationError | None = None
    if posted is not None:
        forms = [line.form for line in lines if line.form is not None]
        # A list: everything wrong is said at once.
        are_valid = [form.is_valid() for form in forms]
        if all(are_valid):
            try:
                return _save(request, session, page, forms)
            except ValidationError as error:
                refusal = error
                passages = {(one.paragraph, one.sentence): one for one in _passages(session.document)}
                lines = _lines(session, page, passages, posted)
    context = {
        "session": session,
        "page": page,
        "lines": lines,
        "total": len(every),
        "decided": sum(sentence.place in passages for sentence in every),
        "refusal": refusal,
        "has_errors": refusal is not None or any(line.form and line.form.errors for line in lines),
        "title": _("Sentence by sentence"),
    }
    return _render(request, "admin/coverage_read.html", session.document, **context)


@require_http_methods(SHOWN_METHODS)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is left, and throw the working copy away."""
    require(request, "add_commitment", "change_document")
    session = _session(pk)
    if session is None:
        return redirect(reverse("admin:commitments_document_read", args=[pk]))
    if request.method == "POST":
        coverage_actions.finish(by=_user(request), session=session)
        note(request, session.document, CHANGE, _("Finished reading"))
        messages.success(request, _("Finished. The text is deleted; readers see the sentences that were decided."))
        return redirect(admin_url(session.document))
    every = sentences.split(session.text)
    passages = {(one.paragraph, one.sentence) for one in _passages(session.document)}
    left = sum(sentence.place not in passages for sentence in every)
    title = _("Finish reading")
    return _render(request, "admin/coverage_finish.html", session.document, left=left, total=len(every), title=title)


def _lines(
    session: CoverageSession, page: Page[Sentence], passages: dict[tuple[int, int], Passage], posted: Any
) -> list[Line]:
    known = coverage_guesses.known_at(session.summit)
    dated = session.document.dated
    reference = dated.start if dated else session.summit.starts_on
    codes = coverage_guesses.free_codes(session.summit)
    lines = []
    for sentence in page.object_list:
        passage = passages.get(sentence.place)
        if passage is not None:
            lines.append(Line(sentence, passage))
            continue
        proposal = proposals.propose(sentence, reference=reference, lexicon=known.lexicon)
        code = next(codes) if proposal.is_record else ""
        form = SentenceForm(posted, sentence=sentence, proposal=proposal, known=known, code=code)
        lines.append(Line(sentence, form=form))
    return lines


def _save(
    request: HttpRequest, session: CoverageSession, page: Page[Sentence], forms: list[SentenceForm]
) -> HttpResponseRedirect:
    decided = [form for form in forms if form.is_decided]
    typed = {form.cleaned_data.get("code") for form in decided}
    free = (code for code in coverage_guesses.free_codes(session.summit) if code not in typed)
    decisions = [form.to_decision(session, free) for form in decided]
    passages = coverage_actions.decide(by=_user(request), session=session, decisions=decisions)
    drafts = [passage.commitment for passage in passages if passage.commitment]
    for draft in drafts:
        note(request, draft, ADDITION, _("Drafted from a sentence of “%(document)s”") % {"document": session.document})
    said = ngettext("%(number)d sentence is decided", "%(number)d sentences are decided", len(passages))
    made = ngettext("%(number)d draft is made", "%(number)d drafts are made", len(drafts))
    messages.success(
        request, f"{said % {'number': len(passages)}}; {made % {'number': len(drafts)}}. " + _("Nothing is published.")
    )
    number = page.next_page_number() if AND_ON in request.POST and page.has_next() else page.number
    return redirect(f"{admin_url(session.document, 'sentences')}?page={number}")


def _session(pk: int) -> CoverageSession | None:
    get_object_or_404(Document, pk=pk)
    readings = CoverageSession.objects.select_related("document", "summit", "started_by")
    return readings.filter(document=pk).exclude(text="").first()


def _passages(document: Document) -> list[Passage]:
    return list(Passage.objects.filter(document=document).select_related("commitment"))


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _render(request: HttpRequest, template: str, document: Document, **context: Any) -> HttpResponse:
    return render(request, template, page_context(request, document=document, opts=Document._meta, **context))
