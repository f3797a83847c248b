# /// script
# dependencies = ["fonttools==4.68.0"]
# ///
"""Make commitments/cards/fonts/ from Source Sans 3. Run: .tools/bin/uv run --script deploy/vendor/card_fonts.py

Cards are drawn by the server, which needs the outlines as TrueType: only the letters of the site's languages, and none
of the features for typesetting, so that the files stay small. Needs npm.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from npm import installed

VERSIONS = {"source-sans": "3.52.0"}
WEIGHTS = ("Regular", "Semibold")
# The licence reserves the name Source for the fonts as Adobe gives them out: a part of one must go by another.
NAME = "Card Sans"
NAMED_BY_FAMILY = (1, 16)
NAMED_IN_FULL = (3, 4, 6)
# Latin with its extensions, Cyrillic with the letters of Kazakh and Tajik, punctuation, currencies, the numero sign.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *range(0x400, 0x530),
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
    0x2116,
    0x2212,
)
TARGET = Path(__file__).resolve().parent.parent.parent / "commitments" / "cards" / "fonts"


def write_subset(source: Path, weight: str) -> None:
    """Write the letters of one weight as TrueType."""
    options = Options()
    options.layout_features = ["kern", "mark", "ccmp"]
    options.hinting = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    file = f"{NAME.replace(' ', '')}-{weight}"
    for record in list(font["name"].names):
        if record.nameID in NAMED_BY_FAMILY:
            record.string = NAME
        elif record.nameID in NAMED_IN_FULL:
            record.string = file
    font.save(TARGET / f"{file}.ttf")


def main() -> None:
    """Write the fonts and their licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with installed(**VERSIONS) as modules:
        package = modules / "source-sans"
        for weight in WEIGHTS:
            write_subset(package / "TTF" / f"SourceSans3-{weight}.ttf", weight)
        licence = (package / "LICENSE.md").read_text(encoding="utf-8")
        (TARGET / "LICENCE-source-sans-3.txt").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
