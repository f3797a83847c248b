"""Every address of the admin, over a small world in which each kind of page has something to show."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.urls import reverse

from commitments.actions import coverage, imports, reviews
from commitments.admin.records import RecordAdmin
from commitments.codelists import ImportKind, Publication, Status
from commitments.models import (
    Commitment,
    Development,
    Document,
    Import,
    Party,
    SDGTarget,
    Sector,
    StatusWord,
    Suggestion,
    Summit,
    SummitSeries,
)
from commitments.roles import DeskRole
from tests.admin.cast import make_member
from tests.factories import (
    make_commitment,
    make_development,
    make_draft_development,
    make_party,
    make_sector,
    make_series,
    make_suggestion,
    make_summit,
    make_user,
    merge,
)

NOUNS: tuple[Any, ...] = (
    *(Commitment, Development, Document, Import, Party, Sector, SDGTarget),
    *(StatusWord, Suggestion, Summit, SummitSeries),
)
# One with each thing that the page of an import shows: a record that is new, one that changes, a fault, a foreign word.
IMPORTED = b"""commitment,happened,kind,summary,status,documents
WORLD-1,2024-03,,A rail was laid.,in_progress,
WORLD-1,2024-03,,A rail was cut.,Compromise,
WORLD-1,2024-02-08,,Something happened on 2024-02-08.,stalled,
WORLD-1,45188,,=1+1,,
"""


def make_world() -> dict[str, list[str]]:
    """A world, and by name of the page every address of the admin in it that can be read."""
    commitment = make_commitment(
        "WORLD-1", summit=make_summit("S-1", series=make_series()), sectors=(make_sector(),), due="2024-06"
    )
    draft_commitment = make_commitment("WORLD-2", publication=Publication.DRAFT)
    SDGTarget.objects.create(code="7.1")
    make_suggestion(commitment)
    published = make_development(commitment, status=Status.IN_PROGRESS)
    draft = make_draft_development(commitment, by=make_user("aida"), status=Status.DELIVERED)
    submitted = make_draft_development(commitment, by=make_member(DeskRole.CONTRIBUTOR))
    reviews.submit(by=submitted.entered_by, development=submitted, version=submitted.version)
    found = {
        "commitment": [
            url("commitment", page, commitment.pk) for page in ("change", "log", "check", "close", "retract")
        ],
        "draft commitment": [
            url("commitment", "change", draft_commitment.pk),
            url("commitment", "change", commitment.pk) + "?plain=1",
        ],
        "development": [
            reverse("admin:commitments_development_log"),
            reverse("admin:commitments_development_log") + f"?plain=1&commitment={commitment.pk}",
            url("development", "change", published.pk),
            url("development", "correct", published.pk),
            url("development", "change", draft.pk),
            url("development", "delete", draft.pk),
            url("development", "change", submitted.pk),
            url("development", "review", submitted.pk),
            url("development", "review", published.pk),
            url("commitment", "log", commitment.pk) + "?plain=1",
        ],
        "index": [reverse("admin:index"), reverse("admin:app_list", args=["commitments"])],
    }
    body = make_party("Abolished", abolished_on=dt.date(2025, 7, 1))
    make_commitment("WORLD-3", makers=(body,))
    found["abolition"] = [
        url("party", "abolition", body.pk),
        url("party", "abolition", body.pk) + "?plain=1",
        reverse("admin:commitments_commitment_changelist") + "?attention=orphaned",
    ]
    found["double coding"] = [
        url("commitment", "assess", commitment.pk),
        url("commitment", "assess", draft_commitment.pk),
        reverse("admin:commitments_commitment_assessments"),
    ]
    absorbed = make_commitment("WORLD-4", summit=commitment.summit)
    merged = merge(absorbed, make_commitment("WORLD-5", summit=commitment.summit))
    found["merges"] = [
        url("commitment", "merge", commitment.pk),
        url("commitment", "merge", commitment.pk) + "?plain=1",
        url("commitment", "merge", commitment.pk) + f"?with={draft_commitment.pk}",
        url("commitment", "split", commitment.pk),
        url("commitment", "change", absorbed.pk),
        url("commitment", "change", merged.kept.pk),
        reverse("admin:commitments_commitment_duplicates"),
        reverse("admin:commitments_commitment_undo_merge", args=[merged.pk]),
    ]
    being_read, unread = Document.objects.order_by("pk")[:2]
    text = "The summit was held in Portville. Kazakhstan will open an embassy by June 2027. We thank the host."
    coverage.begin(by=make_user("aida"), document=being_read, summit=commitment.summit, text=text)
    found["reading"] = [
        url("document", "read", unread.pk),
        url("document", "sentences", being_read.pk),
        url("document", "finish", being_read.pk),
    ]
    found["imports"] = _imports()
    for noun in NOUNS:
        name = noun._meta.model_name
        row = noun.objects.first()
        found[f"{name} list"] = [reverse(f"admin:commitments_{name}_changelist")]
        found[f"{name} record"] = [url(name, "change", row.pk), url(name, "history", row.pk)]
        if hasattr(noun, "history") and row.history.exists():
            entry = row.history.first()
            found[f"{name} in history"] = [
                reverse(f"admin:commitments_{name}_{page}", args=[entry.id, entry.pk])
                for page in ("simple_history", "revert")
                if page != "revert" or isinstance(admin.site.get_model_admin(noun), RecordAdmin)
            ]
        if name not in ("development", "sector", "sdgtarget", "suggestion"):
            found[f"{name} add"] = [reverse(f"admin:commitments_{name}_add")]
    return found


def _imports() -> list[str]:
    """The pages of imports beside the list: one with faults, one to confirm, one that is done."""
    by = make_user("aida")
    imports.give_meanings(by=by, meanings={"kept": Status.DELIVERED})
    files = {
        ImportKind.DEVELOPMENTS: IMPORTED,
        ImportKind.COMMITMENTS: b"code,title\nWORLD-1,Another title\n",
        ImportKind.PARTIES: b"slug,kind,name\nport-fund,institution,Port Fund\n",
    }
    given = [imports.give(by=by, kind=kind, file_name="things.csv", content=content) for kind, content in files.items()]
    imports.discard(by=by, upload=imports.give(by=by, kind=ImportKind.PARTIES, file_name="x.csv", content=b"x"))
    return [
        *(url("import", "change", one.pk) for one in given),
        reverse("admin:commitments_import_add") + "?kind=parties",
    ]


def url(noun: str, page: str, pk: int) -> str:
    return reverse(f"admin:commitments_{noun}_{page}", args=[pk])


def registered() -> set[str]:
    return {str(model._meta.model_name) for model in admin.site._registry if model._meta.app_label == "commitments"}
