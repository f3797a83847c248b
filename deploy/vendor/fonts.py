"""Make static/vendor/fonts.css and the fonts that it names. README.md beside this file says how to run it.

Source Sans 3 for text, Source Serif 4 for headings: drawn as a pair, variable in weight, and with every letter of
English, Russian and Kazakh. A browser fetches only the alphabets that a page has.
"""

import json
import shutil
from pathlib import Path

from npm import installed

VERSIONS = {"@fontsource-variable/source-sans-3": "5.3.1", "@fontsource-variable/source-serif-4": "5.3.1"}
FACES = [("source-sans-3", "Source Sans 3", "normal"), ("source-sans-3", "Source Sans 3", "italic")]
FACES += [("source-serif-4", "Source Serif 4", "normal")]
# Kazakh has letters in both Cyrillic files.
ALPHABETS = ("cyrillic-ext", "cyrillic", "latin-ext", "latin")
# What stands in until a font has come takes the same room, so that nothing moves. README.md says how this was measured.
STAND_INS = [
    ("Source Sans 3 stand-in", "100 500", ("Arial", "ArialMT", "Liberation Sans", "Arimo"), 94.45, 108.42, 42.35),
    ("Source Sans 3 stand-in", "600 900", ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold"), 90.19, 113.54, 44.35),
    ("Source Sans 3 stand-in for Android", "100 500", ("Roboto",), 94.14, 108.77, 42.49),
    ("Source Sans 3 stand-in for Android", "600 900", ("Roboto Bold",), 95.58, 107.14, 41.85),
    ("Source Sans 3 stand-in for Linux", "100 500", ("DejaVu Sans",), 82.24, 124.51, 48.64),
    ("Source Sans 3 stand-in for Linux", "600 900", ("DejaVu Sans Bold",), 75.14, 136.28, 53.23),
    ("Source Serif 4 stand-in", "600 900", ("Georgia Bold", "Georgia-Bold", "Gelasio Bold"), 94.36, 109.79, 35.50),
    ("Source Serif 4 stand-in for Android", "600 900", ("Noto Serif Bold",), 95.38, 108.62, 35.12),
    ("Source Serif 4 stand-in for Linux", "600 900", ("DejaVu Serif Bold",), 85.63, 120.99, 39.12),
]
TARGET = Path(__file__).resolve().parent.parent.parent / "static" / "vendor"
BANNER = """/*
 * Source Sans 3 and Source Serif 4, from {versions}.
 * SIL Open Font License 1.1: LICENCE-source-sans-3.txt, LICENCE-source-serif-4.txt. Made by deploy/vendor/fonts.py.
 */
"""
FACE = """
@font-face {{
  font-family: "{family}";
  font-style: {style};
  font-weight: 200 900;
  font-display: optional;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""
STAND_IN = """
@font-face {{
  font-family: "{family}";
  font-weight: {weights};
  src: {sources};
  size-adjust: {size}%;
  ascent-override: {ascent}%;
  descent-override: {descent}%;
  line-gap-override: 0%;
}}
"""


def main() -> None:
    """Copy the fonts and their licences, and write the stylesheet."""
    css = BANNER.format(versions=", ".join(f"{name} {version}" for name, version in VERSIONS.items()))
    shutil.rmtree(TARGET / "fonts", ignore_errors=True)
    (TARGET / "fonts").mkdir(parents=True)
    with installed(**VERSIONS) as modules:
        for package, family, style in FACES:
            folder = modules / "@fontsource-variable" / package
            shutil.copy(folder / "LICENSE", TARGET / f"LICENCE-{package}.txt")
            ranges = json.loads((folder / "unicode.json").read_text(encoding="utf-8"))
            for alphabet in ALPHABETS:
                file = f"{package}-{alphabet}-{style}.woff2"
                shutil.copy(folder / "files" / f"{package}-{alphabet}-wght-{style}.woff2", TARGET / "fonts" / file)
                css += FACE.format(family=family, style=style, file=file, ranges=ranges[alphabet].replace(",", ", "))
    for family, weights, names, size, ascent, descent in STAND_INS:
        sources = ", ".join(f'local("{name}")' for name in names)
        css += STAND_IN.format(
            family=family, weights=weights, sources=sources, size=size, ascent=ascent, descent=descent
        )
    (TARGET / "fonts.css").write_text(css, encoding="utf-8")


if __name__ == "__main__":
    main()
