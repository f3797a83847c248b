"""Every address of the admin, over a small world in which each kind of page has something to show."""

from typing import Any

from django.contrib import admin
from django.urls import reverse

from commitments.actions import coverage, reviews
from commitments.codelists import Publication, Status
from commitments.models import (
    Commitment,
    Development,
    Document,
    Party,
    SDGTarget,
    Sector,
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
    make_sector,
    make_series,
    make_suggestion,
    make_summit,
    make_user,
)

NOUNS: tuple[Any, ...] = (Commitment, Development, Document, Party, Sector, SDGTarget, Suggestion, Summit, SummitSeries)


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
    being_read, unread = Document.objects.order_by("pk")[:2]
    text = "The summit was held in Portville. Kazakhstan will open an embassy by June 2027. We thank the host."
    coverage.begin(by=make_user("aida"), document=being_read, summit=commitment.summit, text=text)
    found["reading"] = [
        url("document", "read", unread.pk),
        url("document", "sentences", being_read.pk),
        url("document", "finish", being_read.pk),
    ]
    for noun in NOUNS:
        name = noun._meta.model_name
        row = noun.objects.first()
        found[f"{name} list"] = [reverse(f"admin:commitments_{name}_changelist")]
        found[f"{name} record"] = [url(name, "change", row.pk), url(name, "history", row.pk)]
        if hasattr(noun, "history") and noun.history.exists():
            entry = noun.history.first()
            found[f"{name} in history"] = [
                reverse(f"admin:commitments_{name}_simple_history", args=[entry.id, entry.pk])
            ]
        if name not in ("development", "sector", "sdgtarget", "suggestion"):
            found[f"{name} add"] = [reverse(f"admin:commitments_{name}_add")]
    return found


def url(noun: str, page: str, pk: int) -> str:
    return reverse(f"admin:commitments_{noun}_{page}", args=[pk])


def registered() -> set[str]:
    return {str(model._meta.model_name) for model in admin.site._registry if model._meta.app_label == "commitments"}
