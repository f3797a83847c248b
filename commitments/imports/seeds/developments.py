"""Loading developments: each is drafted by one service account, published by the other, and then stands."""

from typing import cast

from django.utils.translation import gettext as _

from commitments.actions import developments as development_actions
from commitments.imports.seeds.files import COMMITMENTS, DEVELOPMENTS, EVIDENCE
from commitments.imports.seeds.reading import Entry
from commitments.imports.seeds.run import Run, Written
from commitments.models import Development


def load_developments(run: Run) -> None:
    """Load the rows of developments.csv with their evidence."""
    evidence = run.seeds.parts(EVIDENCE)
    for entry in run.seeds.of(DEVELOPMENTS):
        rows = [entry, *evidence.get(entry.name, [])]
        if run.ledger.is_new(entry):
            _add(run, rows)
        else:
            fresh = run.changed(rows)
            if fresh:
                run.ledger.left_alone(fresh, _("It is published already and does not change: correct it in the admin."))


def _add(run: Run, rows: list[Entry]) -> None:
    entry, *evidence = rows
    why = _why_editors_go_first(run, run.seeds.entries[COMMITMENTS.name, entry["commitment"]])
    if why:
        run.ledger.left_alone(rows, why)
    else:
        run.attempt(rows, lambda: _publish(run, entry, evidence))


def _why_editors_go_first(run: Run, commitment: Entry) -> str:
    """Why a development is left to the editors of its commitment; nothing where they have not touched it.

    A published development cannot be taken back, and they may have logged the same event already.
    """
    why = run.ledger.why_not_ours(commitment)
    if not why and not run.ledger.is_loaded_now(commitment):
        others = Development.objects.filter(commitment=run.ledger.record(commitment))
        if others.exclude(entered_by__in=(run.author, run.reviewer)).exists():
            why = _("Editors follow this commitment: log the development in the admin, if it is not there yet.")
    return why


def _publish(run: Run, entry: Entry, evidence: list[Entry]) -> Written:
    development = cast("Development", run.build(entry))
    written: Written = [(entry, development)]
    development_actions.draft(
        by=run.author,
        development=development,
        write=lambda: written.extend(run.write_parts(development, evidence)),
        at=run.at,
    )
    development_actions.publish(by=run.reviewer, development=development, at=run.at)
    return written
