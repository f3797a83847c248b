"""The averages that a file gives, against those of its own scores as this site computes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import ngettext

from commitments.codelists import Status
from commitments.imports.datasets.cells import decimals_of, number_of
from commitments.imports.files.sheets import Cell
from commitments.rules import SCORE_VALUES, score_of
from commitments.scores import mean_text


@dataclass
class Compared:
    """How many averages were compared, and how many of these the file's own scores give."""

    compared: int = 0
    equal: int = 0

    def compare(self, cell: Cell, statuses: Sequence[Status], *, unread: int = 0) -> str:
        """Compare one average; what is to be said of it, nothing where it is right.

        Right is what rounds to as many decimals as the file gives. `unread` cells of its row were no scores. Raises
        `ValueError` for what is no number.
        """
        said = number_of(cell)
        if said is None:
            return ""
        scores = [SCORE_VALUES[score] for status in statuses if (score := score_of(status)) is not None]
        mean = Fraction(sum(scores), len(scores)) if scores else None
        self.compared += 1
        if mean is not None and abs(mean - Fraction(said)) <= Fraction(1, 2 * 10 ** decimals_of(cell)):
            self.equal += 1
            return ""
        values = {"mean": mean_text(mean), "n": len(scores), "unread": unread}
        if unread:
            message = ngettext(
                "The %(n)d score of the row that can be read averages %(mean)s; cells that cannot be read: %(unread)d.",
                "The %(n)d scores of the row that can be read average %(mean)s; cells that cannot be read: %(unread)d.",
                len(scores),
            )
        else:
            message = ngettext(
                "The file contradicts itself: the %(n)d score of the row averages %(mean)s.",
                "The file contradicts itself: the %(n)d scores of the row average %(mean)s.",
                len(scores),
            )
        return message % values
