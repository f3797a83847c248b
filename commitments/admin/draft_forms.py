"""The forms of one draft as one: itself, its sources, and its makers where they have statuses of their own."""

from dataclasses import dataclass, field
from typing import Any

from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from commitments.admin import autocompletes, previews, versions
from commitments.admin.development_forms import EVIDENCE_PREFIX, DevelopmentForm, EvidenceFormSet, evidence_formset
from commitments.admin.event_forms import MakerForm, maker_forms, sketched_evidence
from commitments.admin.keys import whole_number
from commitments.models import Development, Evidence

PREVIEWED = ("summary", "party", "status", "kind", "reason_code", "searched", "note")


@dataclass
class DraftForms:
    """The form of one development, the rows of its sources, and those of its makers, filled in or not."""

    form: DevelopmentForm
    evidence: EvidenceFormSet
    makers: list[MakerForm] = field(default_factory=list)
    differences: list[versions.Difference] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, development: Development, data: QueryDict | None = None) -> "DraftForms":
        """The forms as they are opened, or with what was posted (`data`)."""
        sources = Evidence.objects.select_related("document").order_by("pk")
        is_new = development._state.adding
        form = DevelopmentForm(data, instance=development)
        if is_new and data is None:
            form.fields["summary"].widget.attrs["autofocus"] = True
        return cls(
            form,
            evidence_formset(
                data,
                instance=development,
                queryset=sources if development.pk else sources.none(),
                extra=0 if development.pk and development.evidence.exists() else 1,
                form_kwargs={"plain": autocompletes.is_plain(request), "by": request.user},
            ),
            maker_forms(data, development.commitment) if is_new else [],
        )

    @property
    def parts(self) -> tuple[Any, ...]:
        """What it is put together of, in the order of the page."""
        return (self.form, *self.makers, self.evidence)

    @property
    def has_maker_errors(self) -> bool:
        return any(row.errors for row in self.makers)

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong, in the rows of the sources and makers too."""
        return bool(self.form.errors or self.evidence.total_error_count() or self.has_maker_errors)

    def is_valid(self) -> bool:
        # All, so that everything wrong is said at once.
        is_right = all([self.form.is_valid(), self.evidence.is_valid(), *(row.is_valid() for row in self.makers)])
        if is_right and self.is_by_maker and self.form.cleaned_data["party"] is not None:
            self.form.add_error("party", _("Leave it at all its makers where you give a status maker by maker."))
            return False
        return is_right

    @property
    def is_by_maker(self) -> bool:
        """Whether a maker gets an entry of its own, beside or instead of one for all."""
        return any(row.has_status for row in self.makers)

    def has_changed(self) -> bool:
        """Whether anything else was typed than what is stored."""
        return any(_differs(form) for form in (self.form, *self.evidence.forms))

    def forget_errors(self) -> None:
        """Show what was typed without a word about it yet."""
        for form in (self.form, *self.evidence.forms, *self.makers):
            form._errors = ErrorDict()
        rows: Any = self.evidence
        rows._errors, rows._non_form_errors = [], self.evidence.error_class()

    def sources(self) -> list[Evidence]:
        """The sources as far as they are typed."""
        rows = [sketched_evidence(form) for form in self.evidence.kept() if not form.cleaned_data.get("DELETE")]
        return [row for row in rows if row is not None]

    def sketches(self) -> list[previews.Sketch]:
        """What the forms, checked before, say as far as they are right: an entry, or one for each maker."""
        development, typed = self.form.instance, self.form.cleaned_data
        fields = {name: typed[name] for name in PREVIEWED if typed.get(name)}
        fields.setdefault("kind", development.kind)
        rows = [{"party": row.party, "status": row.cleaned_data["status"]} for row in self.makers if row.has_status]
        if not rows or fields.get("status"):
            rows.insert(0, {})
        return [
            previews.Sketch(
                commitment_id=development.commitment_id,
                happened=typed.get("happened"),
                evidence=self.sources(),
                corrects=development.corrects,
                fields={**fields, **row},
            )
            for row in rows
        ]


def _differs(form: Any) -> bool:
    return any(_as_stored(form[name].initial) != _as_stored(form[name].data) for name in form.changed_data)


def _as_stored(value: Any) -> Any:
    # Browsers post line ends of their own: a text of several lines that nobody touched is no other text.
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def merged(request: HttpRequest, development: Development, typed: QueryDict) -> DraftForms:
    """What this editor typed, put together with what another saved meanwhile."""
    now = DraftForms.of(request, development)
    put_together = versions.merge(typed, now.form, [now.evidence], development.version)
    forms = DraftForms.of(request, development, put_together.data)
    forms.differences = put_together.differences
    return forms


def with_another_source(data: QueryDict) -> QueryDict:
    """What was posted, with one more empty source."""
    key = f"{EVIDENCE_PREFIX}-TOTAL_FORMS"
    more = data.copy()
    more[key] = str(whole_number(data.get(key, "")) + 1)
    return more
