"""Loading the lists taken over from standards, which have no action of their own: DAC/CRS sectors, SDG targets."""

from collections.abc import Mapping
from typing import cast

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from commitments import search
from commitments.actions.saving import save_valid
from commitments.imports.seeds.files import SDG_TARGETS, SECTORS
from commitments.imports.seeds.reading import Entry, hash_cells
from commitments.imports.seeds.run import Run, Written
from commitments.imports.seeds.schema import SeedFile
from commitments.models import Commitment, Sector


def load_sectors(run: Run) -> None:
    """Load the sectors; a purpose stands below its category in the file."""
    known = _known(SECTORS)
    for entry in run.seeds.of(SECTORS):
        if run.ledger.is_new(entry):
            _add(run, entry, known)
        elif run.changed([entry]):
            _update_sector(run, entry)


def load_sdg_targets(run: Run) -> None:
    """Load the SDG targets, in the order in which they are shown. A row is its own key, so that none ever changes."""
    known = _known(SDG_TARGETS)
    for entry in run.seeds.of(SDG_TARGETS):
        if run.ledger.is_new(entry):
            _add(run, entry, known)
        else:
            run.changed([entry])


def _known(file: SeedFile) -> dict[str, int]:
    """The records that are there already, by their codes."""
    return dict(file.model._default_manager.values_list("code", "pk"))


def _add(run: Run, entry: Entry, known: Mapping[str, int]) -> None:
    if entry["code"] not in known:
        run.attempt([entry], lambda: _save(run, entry, run.build(entry)))
    else:
        run.ledger.adopt(entry, known[entry["code"]])
        run.ledger.left_alone([entry], run.ledger.why_not_ours(entry))


def _update_sector(run: Run, entry: Entry) -> None:
    sector = cast("Sector | None", run.existing(entry))
    # Sectors have no history: one that says what was loaded is one that nobody changed.
    if sector is None or hash_cells(_cells(sector)) != run.ledger.loaded_hash(entry):
        why = run.ledger.why_not_ours(entry) or _("An editor changed the record since; take the change over by hand.")
        run.ledger.left_alone([entry], why)
        return
    run.attempt([entry], lambda: _save(run, entry, run.build(entry, sector)))
    concerned = Commitment.objects.filter(Q(sectors=sector) | Q(sectors__parent=sector))
    search.index(list(concerned.distinct().values_list("pk", flat=True)))


def _save(run: Run, entry: Entry, record: Model) -> Written:
    save_valid(record, run.author)
    return [(entry, record)]


def _cells(sector: Sector) -> dict[str, str]:
    """The sector as its row would say it."""
    return {
        "code": sector.code,
        "parent": sector.parent.code if sector.parent else "",
        "name": sector.name,
        "short_label": sector.short_label,
        "withdrawn": "yes" if sector.withdrawn else "",
    }
