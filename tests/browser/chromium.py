"""Find Chromium for the tests in a browser, or install it.

    python -m tests.browser.chromium

prints where it is; where there is none, installs it first: as Debian's package where one may, else by Playwright.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_INSTALL_ON_DEBIAN = (
    ["apt-get", "update", "-qq"],
    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
)
_INSTALL_BY_PLAYWRIGHT = ([sys.executable, "-m", "playwright", "install", "chromium"],)


class ChromiumMissing(RuntimeError):
    """There is no Chromium here. The message says how to get it."""


def find() -> Path:
    """The browser to test with: the one in PATH, else Playwright's own. Raises ChromiumMissing if there is neither."""
    for name in _NAMES:
        if path := shutil.which(name):
            return Path(path)
    if (own := _playwrights_own()).is_file():
        return own
    raise ChromiumMissing(
        "Chromium is missing and could not be installed: install it (on Debian, as root: apt-get install chromium; "
        "else: .venv/bin/playwright install --with-deps chromium)"
    )


def install() -> None:
    """Try to install Chromium. Whether it worked, `find` tells."""
    may_apt = shutil.which("apt-get") is not None and os.geteuid() == 0
    for command in _INSTALL_ON_DEBIAN if may_apt else _INSTALL_BY_PLAYWRIGHT:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)


def main() -> int:
    """Print where the browser is, installing it if need be; 1 if there is none to be had."""
    try:
        path = find()
    except ChromiumMissing:
        print("Installing Chromium …", flush=True)
        install()
        try:
            path = find()
        except ChromiumMissing as error:
            print(error, file=sys.stderr)
            return 1
    print(f"Tests in a browser use {path}")
    return 0


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    sys.exit(main())
