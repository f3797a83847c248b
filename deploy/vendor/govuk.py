"""Make static/vendor/govuk-frontend-<version>.css from govuk-frontend.scss. README.md says how to run it.

The colours that GOV.UK Frontend writes out become custom properties as well, so that tokens.css has every colour.
"""

import re
import subprocess
import sys
from pathlib import Path

from npm import installed

GOVUK_FRONTEND = "6.6.0"
VERSIONS = {"govuk-frontend": GOVUK_FRONTEND, "sass": "1.108.2"}

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "static" / "vendor"
BANNER = f"""/*
 * GOV.UK Frontend {GOVUK_FRONTEND}, MIT License: LICENCE-govuk-frontend.txt. Made by deploy/vendor/govuk.py.
 * Without its font, crest, crown and brand. Not a website of the United Kingdom's government.
 */
"""
# What to write for each colour that is not a custom property yet, by the property it is the value of.
COLOURS = {
    ("color", "#ffffff"): "button-ink",
    ("color", "#0b0c0c"): "ink",
    ("color", "#651b1b"): "error-hover",
    ("color", "#083d29"): "success",
    ("background-color", "#ffffff"): "paper",
    ("background-color", "#f3f3f3"): "sheet",
    ("background-color", "#f4f8fb"): "sheet",
    ("background-color", "#cecece"): "line",
    ("background-color", "#0f7a52"): "button",
    ("background-color", "#0b5c3e"): "button-hover",
    ("background-color", "#ca3535"): "error",
    ("background-color", "#982828"): "error-hover",
    ("box-shadow", "#083d29"): "button-edge",
    ("box-shadow", "#858686"): "line-strong",
    ("box-shadow", "#651b1b"): "error-hover",
    ("box-shadow", "#0f385c"): "button-edge",
}
# A property, what stands before the colour in its value, and the colour.
VALUE = re.compile(r"([a-z-]+):([^;{}]*?)(#[0-9a-f]{3,8})")
FORBIDDEN = re.compile(r"url\(|@import|sourceMappingURL|data:|//[a-z]")


def compiled() -> str:
    """The stylesheet as dart-sass makes it."""
    with installed(**VERSIONS) as modules:
        sass = [modules / ".bin" / "sass", f"--load-path={modules}", "--no-source-map", "--no-charset", "--quiet-deps"]
        run = subprocess.run([*sass, HERE / "govuk-frontend.scss"], check=True, stdout=subprocess.PIPE, text=True)
        return run.stdout


def with_tokens(css: str) -> str:
    """The stylesheet with a custom property for every colour. `KeyError` for a colour that has none."""
    # Fallbacks are for pages that define no custom property; ours define them all.
    css = re.sub(r"var\((--govuk-[a-z-]+), #[0-9a-f]+\)", r"var(\1)", css)

    return VALUE.sub(lambda value: f"{value[1]}:{value[2]}var(--{COLOURS[value[1], value[3]]})", css)


def main() -> None:
    """Write the stylesheet, unless there is something in it that the Content-Security-Policy forbids."""
    css = BANNER + with_tokens(compiled())
    if found := FORBIDDEN.search(css):
        sys.exit(f"The stylesheet holds {found.group()!r}, which the site must not send.")
    for earlier in TARGET.glob("govuk-frontend-*.css"):
        earlier.unlink()
    (TARGET / f"govuk-frontend-{GOVUK_FRONTEND}.css").write_text(css, encoding="utf-8")


if __name__ == "__main__":
    main()
