"""One row a maker, sector, summit or series, with its scores, and with everything that the reader chose to count."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from commitments import scores
from commitments.codelists import CODEBOOK_VERSION, Score
from commitments.exports.column import Cell, Column, Context, Raw, plain
from commitments.exports.shape import Shape
from commitments.scores import Asked

WHOLE = "all"
DECIMALS = 4


def table(wanted: Asked) -> list[dict[str, Cell]]:
    """The cells of every row, by the names of the columns: the whole list first, then row by row."""
    found = scores.scores(wanted)
    return [
        _line(wanted, WHOLE, "", found.commitments, found.whole),
        *(_line(wanted, row.key, row.name, row.commitments, row.sums) for row in found.rows),
    ]


def _line(wanted: Asked, key: str, name: str, commitments: int, sums: scores.Sums) -> dict[str, Cell]:
    knobs = wanted.knobs
    return {
        "by": wanted.by,
        "key": key,
        "name": name,
        "commitments": commitments,
        "identified": sums.identified,
        "selected": sums.selected,
        "assessed": sums.assessed,
        "scored": sums.scored,
        "full": sums.by_score[Score.FULL],
        "partial": sums.by_score[Score.PARTIAL],
        "none": sums.by_score[Score.NONE],
        "mean": None if sums.mean is None else Decimal(f"{float(sums.mean):.{DECIMALS}f}"),
        "silence": knobs.silence,
        "verdicts_only": knobs.verdicts,
        "joint_only": knobs.joint,
        "weights": knobs.weights,
        "topics": bool(wanted.filter.values["topics"]),
        **{day: wanted.filter.moment.parameters.get(day) for day in ("as_of", "as_known")},
        "codebook_version": CODEBOOK_VERSION,
    }


def _load(_keys: Sequence[int], _names: Collection[str], _context: Context) -> Raw:
    raise NotImplementedError


_number: Callable[..., Column] = lambda name, label, definition: plain(name, label, definition, datatype="integer")  # noqa: E731
COLUMNS: tuple[Column, ...] = (
    plain("by", _("By"), _("What a row is: party, sector, summit or series.")),
    plain("key", _("Key"), _("Its name or code in addresses; “all” for the whole list.")),
    plain("name", _("Name"), _("The same in words.")),
    _number("commitments", _("Commitments"), _("How many commitments of the list are its own.")),
    _number("identified", _("Identified"), _("How many promises: a commitment and one of its makers each.")),
    _number("selected", _("Selected"), _("How many of these the choices keep.")),
    _number("assessed", _("Assessed"), _("How many of these are anything but “Not assessed”.")),
    _number("scored", _("Scored"), _("How many of these give a score: the denominator of the mean.")),
    _number("full", _("+1"), _("How many score +1.")),
    _number("partial", _("0"), _("How many score 0.")),
    _number("none", _("−1"), _("How many score −1.")),
    plain(
        "mean",
        _("Mean"),
        _("The mean score, from -1 to 1; empty where nothing gives a score."),
        datatype="decimal",
        places=DECIMALS,
    ),
    plain("silence", _("Silence"), _("Whether “No evidence found” counts as zero or is left out (out).")),
    plain("verdicts_only", _("Verdicts only"), _("Whether only verdicts give a score."), datatype="boolean"),
    plain("joint_only", _("Joint text only"), _("Whether only joint commitments are selected."), datatype="boolean"),
    plain("weights", _("Weights"), _("Whether scores weigh equal, or by the strength of the verb.")),
    plain("topics", _("Topics"), _("Whether topics are counted too."), datatype="boolean"),
    plain("as_of", _("As of"), _("The day as of which they are counted, if one was asked for.")),
    plain("as_known", _("As known"), _("The day whose knowledge they rest on, if one was asked for.")),
    plain("codebook_version", _("Codebook"), _("The version of the codebook.")),
)
SHAPE = Shape("scores", _("Scores"), _("One row a maker, sector, summit or series, and one for all."), COLUMNS, _load)
