"""What Lighthouse says of one page of each kind, as a phone gets it through nginx and TLS.

    python -m tests.trust.lighthouse [--only commitment --only matrix] [--folder data/lighthouse]

Prints the scores of each page, and a row: how many pages miss a goal, and what Lighthouse says of a page with planted
faults. Writes Lighthouse's own reports into the folder, if one is named. Needs Node.js; Lighthouse itself is installed
into `.tools` when it is first asked for.

A page that asks not to be found by search engines is not judged by whether they find it. One that misses a goal is
measured twice more, and the middle score counts: the machine has other work.
"""

import argparse
import json
import os
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser import chromium
from tests.deploy import nginx, raw
from tests.deploy.certificates import certify
from tests.deploy.site import answer_of, app, environment, manage
from tests.trust.table import Row, report

VERSION = "12.8.2"  # the last that runs on Node.js 18 and 20
_HOME = nginx.ROOT / ".tools" / f"lighthouse-{VERSION}"
# The least score of each category, of 100.
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_TRIES = 3
# Where Lighthouse is told that whoever asks not to be found is not.
_CAN_BE_FOUND = "is-crawlable"
# Chromium has no sandbox for root, and nothing is opened but this machine's own pages; the certificate is the test's
# own, and so is the name.
_FLAGS = f'--headless=new --no-sandbox --ignore-certificate-errors --host-resolver-rules="MAP {nginx.HOST} 127.0.0.1"'
_PLANTED = """<!doctype html><html><head></head><body><img src="missing.png" width="9" height="9"><a href="/">here</a>
<script>const end = performance.now() + 4000; while (performance.now() < end); document.body.append("slow");
console.error("planted");</script><input></body></html>"""

type Scores = dict[str, int]


class LighthouseMissing(RuntimeError):
    """Lighthouse cannot be run here. The message says what is missing."""


def find() -> Path:
    """Where Lighthouse is, after installing it if it is not here. Raises `LighthouseMissing`."""
    program = _HOME / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not (npm := shutil.which("npm")):
            raise LighthouseMissing("Node.js with npm is missing: install it (on Debian, as root: apt-get install npm)")
        package = f"lighthouse@{VERSION}"
        done = subprocess.run(
            [npm, "install", "--prefix", str(_HOME), "--no-audit", "--no-fund", "--silent", package],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if not program.exists():
            raise LighthouseMissing(f"npm could not install {package}: {done.stderr.strip()[-300:]}")
    return program


def scores(url: str, *, is_hidden: bool = False, into: Path | None = None) -> Scores:
    """The score of each category, of 100, on a phone as Lighthouse imitates it; 0 where it could not judge.

    `is_hidden`: the page asks not to be found by search engines.
    """
    with tempfile.TemporaryDirectory(prefix="tracker-lighthouse-") as folder:
        path = (into or Path(folder)) / "report.json"
        command = [
            str(find()), url, "--quiet", "--output=json", f"--output-path={path}", f"--chrome-flags={_FLAGS}",
            f"--only-categories={','.join(GOALS)}", *([f"--skip-audits={_CAN_BE_FOUND}"] if is_hidden else []),
        ]  # fmt: skip
        variables = {**os.environ, "CHROME_PATH": str(chromium.find())}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=variables)
        if done.returncode:
            # Now and then it loses its browser.
            print(f"{url}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            return dict.fromkeys(GOALS, 0)
        found = json.loads(path.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in GOALS}


def missed(found: Scores) -> Scores:
    """Those scores that are under their goal."""
    return {name: score for name, score in found.items() if score < GOALS[name]}


def judged(url: str, *, is_hidden: bool, into: Path | None = None) -> Scores:
    """The scores of a page: of one look if it meets every goal, else the middle one of three."""
    looks = [scores(url, is_hidden=is_hidden, into=into)]
    while missed(looks[0]) and len(looks) < _TRIES:
        looks.append(scores(url, is_hidden=is_hidden, into=into))
    return {name: int(statistics.median(one[name] for one in looks)) for name in GOALS}


@contextmanager
def site() -> Iterator[tuple[nginx.Site, dict[str, str]]]:
    """The small site of the sweeps behind nginx with TLS, and the first address of each page by the page's name."""
    with tempfile.TemporaryDirectory(prefix="tracker-lighthouse-", dir="/tmp") as name:
        folder = Path(name)
        # The site's own settings: static files are fetched as in production, by names that may be kept for ever.
        variables = environment(folder, DJANGO_SETTINGS_MODULE="tracker.settings")
        manage(variables, "migrate", "--no-input", "--verbosity", "0")
        manage(variables, "collectstatic", "--no-input", "--verbosity", "0")
        pages: dict[str, str] = answer_of(variables, "tests.site.prepare")
        certify(folder)
        socket = folder / "web.sock"
        static = {f"{nginx.ROOT}/static/": f"{nginx.ROOT}/staticfiles/"}
        written = nginx.write(folder, [f"unix:{socket}"], changed=static, tls=True)
        with app(variables, socket, folder / "app.log"), nginx.running(written):
            yield written, pages


@contextmanager
def planted() -> Iterator[str]:
    """The address of a page with a fault in each category."""
    with tempfile.TemporaryDirectory(prefix="tracker-lighthouse-") as folder:
        (Path(folder) / "index.html").write_text(_PLANTED, encoding="utf-8")
        handler = partial(_Quiet, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing is written of requests: the table is what counts."""


def measure(only: Sequence[str] = (), folder: Path | None = None) -> dict[str, Scores]:
    """The scores of each page, by its name."""
    found = {}
    with site() as (written, pages):
        for name, path in pages.items():
            if only and name not in only:
                continue
            into = folder / name if folder else None
            if into:
                into.mkdir(parents=True, exist_ok=True)
            url = f"https://{nginx.HOST}:{written.port}{path}"
            found[name] = judged(url, is_hidden=_is_hidden(written, path), into=into)
            print(f"{name}: {', '.join(f'{key} {score}' for key, score in found[name].items())}", flush=True)
    return found


def _is_hidden(written: nginx.Site, path: str) -> bool:
    """Whether this page asks not to be found by search engines."""
    trusting = ssl.create_default_context(cafile=str(written.folder / "fullchain.pem"))
    trusting.check_hostname = False
    with trusting.wrap_socket(raw.connected(written.port), server_hostname=nginx.HOST) as one:
        one.sendall(raw.request(path))
        answer = raw.parsed(b"".join(iter(lambda: one.recv(65536), b"")))
    return b'content="noindex"' in answer.body or "noindex" in answer.headers.get("x-robots-tag", "")


def row(found: Mapping[str, Scores], control: Scores) -> Row:
    """How many pages meet every goal, and how the planted page missed each."""
    short = {name: missed(one) for name, one in found.items() if missed(one)}
    lowest = {category: min((one[category] for one in found.values()), default=0) for category in GOALS}
    return Row(
        "Lighthouse on a phone, a page of each kind",
        ", ".join(f"{category} ≥ {goal}" for category, goal in GOALS.items()),
        f"{len(found) - len(short)} of {len(found)} pages meet all; lowest: "
        + ", ".join(f"{category} {score}" for category, score in lowest.items())
        + (f"; short: {', '.join(short)}" if short else ""),
        "a page with planted faults: " + ", ".join(f"{category} {score}" for category, score in control.items()),
        bool(found) and not short and missed(control) == control,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.trust.lighthouse",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", action="append", default=[], help="the name of a page, as the resolver has it")
    parser.add_argument("--folder", type=Path, help="where Lighthouse's own reports go")
    options = parser.parse_args(arguments)
    with planted() as url:
        control = scores(url)
    return report([row(measure(options.only, options.folder), control)])


if __name__ == "__main__":
    sys.exit(main())
