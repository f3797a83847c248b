"""The form of one event: what happened, which commitments it concerns, and what it means for each or for each maker."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import remits
from commitments.actions.events import MOST_ITEMS, Event, Item, ItemsRefused
from commitments.admin import autocompletes
from commitments.admin.development_forms import EvidenceForm, status_choices
from commitments.admin.fields import UncertainDateField
from commitments.codelists import GONE_PUBLICATIONS, EvidenceRole, ReasonCode
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Party, User

if TYPE_CHECKING:
    CommitmentsField = forms.ModelMultipleChoiceField[Commitment]

SOURCE_PREFIX = "source"


class EventForm(forms.Form):
    """What happened, when, and which commitments it concerns."""

    summary = forms.CharField(label=gettext_lazy("What happened"), widget=AdminTextareaWidget(attrs={"rows": 3}))
    happened = UncertainDateField(label=gettext_lazy("When"))
    commitments = autocompletes.PickedField(
        label=gettext_lazy("Which commitments it concerns"),
        queryset=Commitment.objects.none(),
        error_messages={"required": gettext_lazy("Pick a commitment that it concerns.")},
    )
    reason_code = forms.ChoiceField(
        label=gettext_lazy("Reason for non-delivery"), choices=[("", "–"), *ReasonCode.choices], required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("What is uncertain about it."),
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None, *, plain: bool, by: User, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        picked = cast("CommitmentsField", self.fields["commitments"])
        makers = CommitmentParty.objects.select_related("party").order_by("party__name")
        picked.queryset = (
            remits.within(by, Commitment.objects.exclude(publication__in=GONE_PUBLICATIONS))
            .prefetch_related(Prefetch("parties", makers))
            .order_by("code")
        )
        picked.help_text = "" if plain else _("Type a part of a code, a title or a name. One event may concern many.")
        if plain:
            picked.widget.attrs["size"] = 12
        else:
            relation = Development._meta.get_field("commitment")
            widget = autocompletes.AutocompleteMultiple(relation, admin.site)
            picked.widget = widget
            widget.choices = picked.choices


class ItemForm(forms.Form):
    """What the event means for one commitment."""

    status = forms.ChoiceField(label=gettext_lazy("Status it supports"), required=False)
    party = forms.TypedChoiceField(label=gettext_lazy("Which party"), required=False, empty_value=None)
    role = forms.ChoiceField(label=gettext_lazy("What the source shows here"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("What happened, if said otherwise here"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None, commitment: Commitment) -> None:
        super().__init__(data, prefix=f"item-{commitment.pk}", label_suffix="")
        self.commitment = commitment
        self.called = commitment.code
        parties = {str(row.party_id): row.party for row in commitment.parties.all()}
        party = cast("forms.TypedChoiceField", self.fields["party"])
        party.choices = [("", _("All its makers")), *((key, one.name) for key, one in parties.items())]
        party.coerce = parties.__getitem__
        _offer(self)

    def item(self) -> Item:
        """What was typed, as far as it is right."""
        typed = getattr(self, "cleaned_data", {})
        return Item(
            commitment=self.commitment,
            party=typed.get("party"),
            status=typed.get("status", ""),
            summary=typed.get("summary", ""),
            role=typed.get("role", ""),
        )


class MakerForm(forms.Form):
    """What the event means for one maker of a commitment."""

    status = forms.ChoiceField(label=gettext_lazy("Status it supports"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("What the source shows here"), required=False)

    def __init__(self, data: QueryDict | None, commitment: Commitment, party: Party) -> None:
        super().__init__(data, prefix=f"maker-{party.pk}", label_suffix="")
        self.commitment, self.party, self.called = commitment, party, str(party)
        _offer(self)
        for name, target in self.fields.items():
            # In a table, the labels stand too far away.
            target.widget.attrs["aria-label"] = f"{party}: {self[name].label}"

    @property
    def has_status(self) -> bool:
        """Whether this maker gets an entry of its own."""
        return bool(getattr(self, "cleaned_data", {}).get("status"))

    def item(self) -> Item:
        """The entry of this maker."""
        typed = self.cleaned_data
        return Item(commitment=self.commitment, party=self.party, status=typed["status"], role=typed.get("role", ""))


def maker_forms(data: QueryDict | None, commitment: Commitment) -> list[MakerForm]:
    """One for each maker, where there are several: one alone is the whole."""
    rows = [row for row in commitment.parties.select_related("party").order_by("party__name") if row.is_maker]
    return [MakerForm(data, commitment, row.party) for row in rows] if len(rows) > 1 else []


def _offer(form: forms.Form) -> None:
    cast("forms.ChoiceField", form.fields["status"]).choices = status_choices()
    cast("forms.ChoiceField", form.fields["role"]).choices = [("", _("As said of the source")), *EvidenceRole.choices]


class EventForms:
    """The whole form of an event: its source, itself, and a row for every commitment that is picked."""

    def __init__(self, data: QueryDict | None, *, by: User, plain: bool, initial: dict[str, Any] | None = None) -> None:
        initial = initial or {}
        self.source = EvidenceForm(data, prefix=SOURCE_PREFIX, plain=plain, by=by, initial={"url": initial.get("url")})
        if data is None:
            self.source.fields["url"].widget.attrs["autofocus"] = True
        self.event = EventForm(data, plain=plain, by=by, initial={"commitments": initial.get("commitments")})
        self.items = [ItemForm(data, commitment) for commitment in self._picked()]

    def _picked(self) -> Iterable[Commitment]:
        picked: Any = self.event.fields["commitments"]
        keys = autocompletes.keys(self.event["commitments"].value())
        # More are refused as a whole; no row for each is shown.
        rows = picked.queryset.filter(pk__in=keys) if len(keys) <= MOST_ITEMS else picked.queryset.none()
        return cast("Iterable[Commitment]", rows)

    @property
    def all(self) -> Sequence[Any]:
        return (self.source, self.event, *self.items)

    @property
    def media(self) -> Any:
        return self.source.media + self.event.media

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.all)

    def is_valid(self) -> bool:
        # All of them, so that everything wrong is said at once.
        return not [form for form in self.all if not form.is_valid()]

    def forget_errors(self) -> None:
        """Show what was typed without a word about it yet."""
        for form in self.all:
            form._errors = forms.utils.ErrorDict()

    def evidence(self) -> list[Evidence]:
        """The source as far as it is typed; its document may be new."""
        row = sketched_evidence(self.source)
        return [row] if row else []

    def written(self) -> tuple[Event, list[Item]]:
        """What the valid form says."""
        typed = self.event.cleaned_data
        event = Event(
            summary=typed["summary"],
            happened=typed["happened"],
            evidence=self.evidence(),
            reason_code=typed["reason_code"],
            note=typed["note"],
        )
        return event, [form.item() for form in self.items]

    def add_reasons(self, refusal: ItemsRefused) -> None:
        """Say at each commitment why it was refused."""
        for place, reasons in refusal.reasons.items():
            self.items[place].add_error(None, reasons)


def sketched_evidence(form: EvidenceForm) -> Evidence | None:
    """The row that a checked source form gives, saved or not; None while it names no document."""
    typed = getattr(form, "cleaned_data", {})
    document = typed.get("document") or form.new_document
    if document is None:
        return None
    names = ("locator", "quotation", "role", "provenance", "confidence")
    return Evidence(document=document, **{name: typed[name] for name in names if name in typed})
