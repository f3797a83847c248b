"""The forms of reading a document: the text to read, and what an editor says of one sentence."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions.coverage import Decision, Draft
from commitments.admin.coverage_guesses import Known
from commitments.admin.fields import UncertainDateField
from commitments.codelists import (
    RECORD_CLASSIFICATIONS,
    Classification,
    Collectivity,
    DueBasis,
    Firmness,
    Role,
    Strength,
)
from commitments.coverage import kinds, uploads
from commitments.coverage.proposals import USUAL_STRENGTHS, Proposal
from commitments.coverage.sentences import Sentence
from commitments.models import Commitment, CoverageSession, Summit
from commitments.models.base import CODE_LENGTH, CODE_VALIDATOR
from commitments.uncertain_dates import UncertainDate

SUMMARY_LENGTH = 200
REASON_LENGTH = 500
# As many words in a row as the source has them are a quotation, not our own words.
COPIED_WORDS = 9
TO_FILL_IN = "…"

ACCEPT, REJECT = "accept", "reject"


class TextForm(forms.Form):
    """A text to read: pasted, or in a file."""

    summit = forms.ModelChoiceField(
        Summit.objects.order_by("-starts_on", "code"),
        label=gettext_lazy("Summit"),
        help_text=gettext_lazy("The drafts that you make belong to it."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("Plain text or HTML, up to 2 MB. Of HTML only the words are kept."),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,text/plain,text/html"}),
    )

    def clean(self) -> dict[str, Any]:
        """The text, wherever it came from, as `read`."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if bool(file) == bool(text.strip()) and not self.errors:
            raise ValidationError(_("Paste a text or choose a file: one of the two."))
        try:
            cleaned["read"] = uploads.text_of(file.read(uploads.LARGEST_FILE + 1) if file else text.encode())
        except ValueError as error:
            self.add_error("file" if file else "text", str(error))
        return cleaned


class SentenceForm(forms.Form):
    """What an editor says of one sentence. Left alone, it is not decided."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        required=False,
        choices=[
            ("", gettext_lazy("Later")),
            (ACCEPT, gettext_lazy("Accept")),
            (REJECT, gettext_lazy("No record of its own")),
        ],
    )
    classification = forms.ChoiceField(label=gettext_lazy("Class"), choices=Classification.choices)
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"),
        required=False,
        choices=[("", gettext_lazy("As usual for its class")), *Strength.choices],
    )
    summary = forms.CharField(
        label=gettext_lazy("What it says, in our words"),
        max_length=SUMMARY_LENGTH,
        required=False,
        help_text=gettext_lazy("Also the title of the draft. Readers see it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is classified so"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the draft"),
        max_length=CODE_LENGTH,
        required=False,
        validators=[CODE_VALIDATOR],
        help_text=gettext_lazy("Left empty, the next one that is free."),
    )
    due = UncertainDateField(label=gettext_lazy("Due"), required=False)
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Parties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any, *, sentence: Sentence, proposal: Proposal, known: Known, code: str = "", **kwargs: Any
    ) -> None:
        self.sentence, self.proposal = sentence, proposal
        self.roles = {f"{role.value}-{party.pk}": (party, role) for party, role in known.roles(proposal)}
        super().__init__(
            data,
            prefix=f"s{sentence.paragraph}-{sentence.number}",
            label_suffix="",
            initial=_initial(proposal, code, list(self.roles)),
            **kwargs,
        )
        parties: Any = self.fields["parties"]
        parties.choices = [(key, f"{party.local_name} ({role.label})") for key, (party, role) in self.roles.items()]
        if not self.roles:
            del self.fields["parties"]

    @property
    def is_decided(self) -> bool:
        """Whether anything was decided; asked of a form that is valid."""
        return bool(self.cleaned_data.get("decision"))

    def clean(self) -> dict[str, Any]:
        """Nothing of what is not decided yet is held against anybody."""
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if not decision:
            self.errors.clear()
            return cleaned
        self._check_words(cleaned)
        if decision == REJECT:
            self._check_rejection(cleaned)
        return cleaned

    def _check_words(self, cleaned: dict[str, Any]) -> None:
        summary, reason = cleaned.get("summary", ""), cleaned.get("reason", "")
        if "summary" not in self.errors:
            if not summary or TO_FILL_IN in summary:
                self.add_error("summary", _("Say in your own words what the sentence says."))
            elif _is_copied(summary, self.sentence.text):
                self.add_error("summary", _("These are the source's words: say it in your own."))
        if not reason and "reason" not in self.errors:
            self.add_error("reason", _("Say why."))

    def _check_rejection(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("reason", "") == self.initial["reason"]:
            self.add_error("reason", _("Say why it does not become a record: the reason there is the proposal's."))
        if cleaned.get("classification") in set(RECORD_CLASSIFICATIONS) - {Classification.TOPIC}:
            self.add_error("classification", _("Say what it is instead: a topic, a position or context."))

    def to_decision(self, session: CoverageSession, codes: Iterator[str]) -> Decision:
        """The decision, with the draft that an accepted record becomes; `codes` are free ones."""
        cleaned = self.cleaned_data
        classification = Classification(cleaned["classification"])
        is_record = cleaned["decision"] == ACCEPT and classification in RECORD_CLASSIFICATIONS
        return Decision(
            self.sentence.paragraph,
            self.sentence.number,
            classification,
            cleaned["summary"],
            cleaned["reason"],
            self._draft(session, classification, codes) if is_record else None,
        )

    def _draft(self, session: CoverageSession, classification: Classification, codes: Iterator[str]) -> Draft:
        cleaned, proposal = self.cleaned_data, self.proposal
        strength = Strength(cleaned["strength"] or USUAL_STRENGTHS[classification])
        parties = [self.roles[key] for key in cleaned.get("parties", [])]
        makers = [party for party, role in parties if role == Role.MAKER]
        commitment = Commitment(
            code=cleaned["code"] or next(codes),
            title=cleaned["summary"],
            summary=cleaned["summary"],
            kind=kinds.guess(self.sentence.whole, classification, proposal.signals),
            strength=strength,
            firmness=Firmness.PROPOSED if strength == Strength.PROPOSED else Firmness.DECLARED,
            collectivity=Collectivity.JOINT if len(makers) > 1 else Collectivity.UNILATERAL,
        )
        commitment.made = UncertainDate(session.summit.starts_on)
        commitment.due = cleaned["due"]
        commitment.due_basis = _due_basis(cleaned["due"], proposal)
        return Draft(commitment, proposal.verb, proposal.signals.language, parties, proposal.signals.amounts)


def _due_basis(due: UncertainDate | None, proposal: Proposal) -> DueBasis:
    if due is None:
        return DueBasis.NONE
    deadline = proposal.signals.deadline
    return deadline.basis if deadline and deadline.date == due else DueBasis.STATED


def _initial(proposal: Proposal, code: str, roles: list[str]) -> dict[str, Any]:
    deadline = proposal.signals.deadline
    return {
        "decision": "",
        "classification": proposal.classification.value,
        "strength": proposal.strength.value if proposal.strength else "",
        "summary": _suggested_summary(proposal),
        "reason": " ".join(proposal.reasons)[:REASON_LENGTH].strip(),
        "code": code,
        "due": deadline.date if deadline and proposal.is_record else None,
        "parties": roles,
    }


def _suggested_summary(proposal: Proposal) -> str:
    """The beginning of a summary: who, and by which verb. The rest is the editor's to say."""
    who = proposal.signals.collective or ", ".join(dict.fromkeys(one.words for one in proposal.signals.mentions[:2]))
    verb = proposal.strength.label if proposal.strength else proposal.classification.label
    return f"{who or '…'} – {verb}: …"[:SUMMARY_LENGTH]


def _is_copied(summary: str, source: str) -> bool:
    """Whether so many words of the summary stand in the source in the same order, next to one another."""
    words, of_source = (re.findall(r"\w+", text.lower()) for text in (summary, source))
    runs = {tuple(of_source[at : at + COPIED_WORDS]) for at in range(len(of_source) - COPIED_WORDS + 1)}
    return any(tuple(words[at : at + COPIED_WORDS]) in runs for at in range(len(words) - COPIED_WORDS + 1))
