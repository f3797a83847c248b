"""nginx as `deploy/nginx` sets it up, from a folder of its own and on loopback."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.programs import find

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
HOST = "commitments.example.org"


@dataclass(frozen=True)
class Site:
    """Where the site's nginx listens: for readers, for operators, and for readers who come without encryption."""

    port: int
    operators: int
    unencrypted: int
    folder: Path


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def write(folder: Path, upstreams: list[str], *, changed: dict[str, str] | None = None, tls: bool = False) -> Site:
    """Copy the set-up into the folder, with its paths and ports there; `changed` is what a test plants in it.

    No path of the machine's own is left in it. With `tls` the folder must hold `fullchain.pem` and `privkey.pem`.
    """
    site = Site(free_port(), free_port(), free_port(), folder)
    for name in ("cache", "log", "pages"):
        (folder / name).mkdir(exist_ok=True)
    shutil.copytree(DEPLOY / "nginx" / "pages", folder / "pages", dirs_exist_ok=True)
    replaced = {
        "user www-data;": _user(),
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx": f"{folder}/log",
        "/var/cache/nginx/commitment-tracker": f"{folder}/cache",
        "/etc/nginx/commitment-tracker": str(folder),
        "/etc/nginx/mime.types": _mime_types(),
        "/srv/commitment-tracker/staticfiles/": f"{ROOT}/static/",
        "    server unix:/run/commitment-tracker/web.sock max_fails=0;": "\n".join(
            f"    server {one} {'max_fails=0' if len(upstreams) == 1 else 'max_fails=2 fail_timeout=2s'};"
            for one in upstreams
        ),
        "/etc/letsencrypt/live/commitments.example.org": str(folder),
        # The first server is for other hosts, at the same port; the redirect to HTTPS has one of its own.
        "    listen 80 default_server;\n    listen 443 ssl default_server;\n    ssl_reject_handshake on;": (
            f"    listen 127.0.0.1:{site.port} {'ssl ' if tls else ''}default_server;"
            + ("\n    ssl_reject_handshake on;" if tls else "")
        ),
        "    listen 80;": f"    listen 127.0.0.1:{site.unencrypted};",
        "    listen 443 ssl http2;": f"    listen 127.0.0.1:{site.port}{' ssl http2' if tls else ''};",
        "127.0.0.1:9180": f"127.0.0.1:{site.operators}",
        **(changed or {}),
    }
    texts = {path.name: path.read_text() for path in (DEPLOY / "nginx").glob("*.conf")}
    for old, new in replaced.items():
        assert any(old in text for text in texts.values()), f"deploy/nginx has no {old!r}"
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    for name, text in texts.items():
        plain = text if tls else re.sub(r"^ *ssl_.*;\n", "", text, flags=re.MULTILINE)
        assert not re.search(r"(?<![\w.])/(etc/nginx/c|var|run|srv)/", plain), name
        (folder / name).write_text(plain)
    return site


def _user() -> str:
    # As root its workers would be somebody who may not read where the tests lie.
    return "user root;" if os.geteuid() == 0 else ""


def _mime_types() -> str:
    path = Path("/etc/nginx/mime.types")
    return str(path) if path.is_file() else str(DEPLOY / "nginx" / "mime.types")


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `nginx -t` says of the set-up in this folder."""
    return subprocess.run([*_command(folder), "-t"], capture_output=True, text=True, check=False, timeout=30)


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """The site's nginx, until the end of the block."""
    server = subprocess.Popen([*_command(site.folder), "-g", "daemon off;"])
    try:
        wait_for(site.port, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def _command(folder: Path) -> list[str]:
    return [
        str(find("nginx")),
        "-p",
        str(folder),
        "-e",
        str(folder / "log" / "start.log"),
        "-c",
        str(folder / "nginx.conf"),
    ]


def wait_for(where: int | Path, server: "subprocess.Popen[bytes] | None" = None, *, seconds: float = 30) -> None:
    """Return when somebody listens at this port or Unix socket; RuntimeError if nobody does in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server is not None and server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended with {server.returncode}")
        family = socket.AF_INET if isinstance(where, int) else socket.AF_UNIX
        with socket.socket(family) as one:
            if one.connect_ex(("127.0.0.1", where) if isinstance(where, int) else str(where)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"Nobody listens at {where}")
