"""The forms of an import: the file, what its foreign words mean, and the confirmation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.codelists import ImportKind, Status
from commitments.imports.files.limits import MEGABYTE, MOST_BYTES
from commitments.imports.files.suggestions import suggested
from commitments.models.record import REASON_LENGTH

LONGEST_NAME = 200
SHEET_NAME_LENGTH = 31
MOST_WORDS = 100


class FileForm(forms.Form):
    """A file to import."""

    kind = forms.ChoiceField(label=gettext_lazy("What it holds"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("CSV or XLSX. You see first what it would do: nothing is written before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet"),
        required=False,
        max_length=SHEET_NAME_LENGTH,
        help_text=gettext_lazy("Of a workbook with several sheets, if it is not the first."),
    )

    def __init__(
        self, kinds: Iterable[ImportKind], data: Any = None, files: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, initial=initial, label_suffix="")
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_file(self) -> "UploadedFile[Any]":
        """The file, unless it is larger than one is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            message = _("The file is larger than %(most)d MB: split it into several files.")
            raise ValidationError(message % {"most": MOST_BYTES // MEGABYTE})
        return file


class WordsForm(forms.Form):
    """What foreign words for a status mean here. One that is left open is asked about again."""

    def __init__(self, words: Mapping[str, int], data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="", prefix="words")
        # The fields are named by place: a word may hold anything.
        self.words = sorted(words, key=lambda word: (-words[word], word))[:MOST_WORDS]
        for place, word in enumerate(self.words):
            self.fields[str(place)] = forms.ChoiceField(
                label=_("“%(word)s” means") % {"word": word},
                required=False,
                choices=[("", _("Not decided")), *Status.choices],
                initial=suggested(word) or "",
                help_text=ngettext("In %(number)d row.", "In %(number)d rows.", words[word]) % {"number": words[word]},
            )
            self.fields[f"{place}-word"] = forms.CharField(widget=forms.HiddenInput, initial=word, required=False)

    def meanings(self) -> dict[str, Status]:
        """What was decided, by word. The words are those that were shown, whatever the file says by now."""
        cleaned = self.cleaned_data
        decided = ((cleaned.get(f"{place}-word"), cleaned.get(str(place))) for place in range(len(self.words)))
        return {word: Status(status) for word, status in decided if word and status and word in self.words}


class ConfirmForm(forms.Form):
    """The confirmation of what was shown, with the reason that the history keeps."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the changes"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("It stands in the history of each record and, where that is public, in its revisions."),
    )

    def __init__(self, data: Any = None, *, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        if not asks_why:
            del self.fields["reason"]
