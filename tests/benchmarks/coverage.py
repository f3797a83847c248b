"""How well the coverage rules read: recall, precision, F1 and the confusion matrix.

    python -m tests.benchmarks.coverage TEXT.txt CLASSES.csv [--date 2023-09-19]
    python -m tests.benchmarks.coverage --sentences tests/coverage/sentences.csv [--part "held out"]

CLASSES.csv says what each sentence of the text is, by `paragraph`, `sentence` and `class` (or `classification`).
"""

import argparse
import csv
import datetime as dt
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from commitments.codelists import Classification  # noqa: E402
from commitments.coverage import proposals, sentences  # noqa: E402
from commitments.coverage.sentences import Sentence  # noqa: E402

# What the benchmark calls a find: what somebody could be held to, or asked for.
SOUGHT = frozenset({Classification.COMMITMENT, Classification.REQUEST, Classification.REAFFIRMATION})
# Working words of lists of classes, and the codes that they mean.
SYNONYMS = {
    "proposal": Classification.COMMITMENT,
    "discussion topic": Classification.TOPIC,
    "statement of position": Classification.POSITION,
    "aspiration": Classification.POSITION,
    "framing": Classification.CONTEXT,
}


@dataclass(frozen=True)
class Case:
    """One sentence with its right class."""

    sentence: Sentence
    right: Classification


@dataclass(frozen=True)
class Figures:
    """What was found, of what was to be found."""

    pairs: Counter[tuple[Classification, Classification]]

    @property
    def found_rightly(self) -> int:
        return sum(times for (right, given), times in self.pairs.items() if right in SOUGHT and given in SOUGHT)

    @property
    def recall(self) -> float:
        return _share(self.found_rightly, sum(times for (right, _), times in self.pairs.items() if right in SOUGHT))

    @property
    def precision(self) -> float:
        return _share(self.found_rightly, sum(times for (_, given), times in self.pairs.items() if given in SOUGHT))

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    @property
    def accuracy(self) -> float:
        """The share of sentences whose class is exactly right, of all seven."""
        return _share(sum(times for (right, given), times in self.pairs.items() if right == given), self.pairs.total())


def measure(cases: list[Case], reference: dt.date | None = None) -> Figures:
    """How the rules do on these."""
    return Figures(
        Counter((case.right, proposals.propose(case.sentence, reference=reference).classification) for case in cases)
    )


def cases_of_text(text: Path, classes: Path) -> list[Case]:
    """The sentences of a text with their classes. Raises `ValueError` when the two number sentences differently."""
    by_place = {}
    with classes.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            written = row.get("class") or row["classification"]
            place = int(row["paragraph"]), int(row["sentence"])
            by_place[place] = SYNONYMS.get(written) or Classification(written)
    split = {sentence.place: sentence for sentence in sentences.split(text.read_text(encoding="utf-8-sig"))}
    if split.keys() != by_place.keys():
        message = f"Not in both: {sorted(split.keys() ^ by_place.keys())}"
        raise ValueError(message)
    return [Case(split[place], right) for place, right in by_place.items()]


def cases_of_sentences(path: Path, part: str = "") -> list[Case]:
    """The sentences of a list with their classes, or those of one part of it."""
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Case(Sentence(1, 1, 0, len(row["text"]), row["text"]), Classification(row["class"]))
            for row in csv.DictReader(rows)
            if part in ("", row["part"])
        ]


def report(cases: list[Case], figures: Figures, reference: dt.date | None, *, misses: bool) -> str:
    lines = [
        (
            f"sentences {len(cases)}, recall {figures.recall:.2f}, precision {figures.precision:.2f}, "
            f"F1 {figures.f1:.2f}; exact class {figures.accuracy:.2f}"
        ),
        "",
        "right \\ given".ljust(16) + "".join(str(given.value)[:9].rjust(10) for given in Classification),
    ]
    for right in Classification:
        counts = [str(figures.pairs[right, given] or "·").rjust(10) for given in Classification]
        lines.append(str(right.value).ljust(16) + "".join(counts))
    for case in cases if misses else ():
        given = proposals.propose(case.sentence, reference=reference)
        if given.classification != case.right:
            lines.append(f"\n{case.right.value} → {given.classification.value}: {case.sentence.text}")
            lines += [f"  {reason}" for reason in given.reasons]
    return "\n".join(lines)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description="How well the coverage rules read.")
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("classes", nargs="?", type=Path)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--part", default="", choices=("", "tuning", "held out", "last"))
    parser.add_argument("--date", type=dt.date.fromisoformat, help="the day of the text")
    parser.add_argument("--misses", action="store_true", help="print what was classed wrongly, and why")
    given = parser.parse_args()
    if given.sentences:
        cases = cases_of_sentences(given.sentences, given.part)
    elif given.text and given.classes:
        cases = cases_of_text(given.text, given.classes)
    else:
        parser.error("Give a text and its classes, or --sentences.")
    print(report(cases, measure(cases, given.date), given.date, misses=given.misses))


if __name__ == "__main__":
    main()
