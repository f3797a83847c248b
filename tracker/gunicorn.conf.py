"""How gunicorn serves the site: `gunicorn --config tracker/gunicorn.conf.py tracker.wsgi`."""

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

# Gunicorn reads this file before it puts the project's folder on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.utils.module_loading import import_string
from gunicorn.glogging import Logger

from tracker.env import Environment
from tracker.logs import JsonFormatter, PlainFormatter

env = Environment(os.environ)

_host = env.text("HOST", allowed="the address to listen at", example="127.0.0.1", default="127.0.0.1")
_port = env.number("PORT", smallest=1, largest=65535, default=8000)
_socket = env.text(
    "SOCKET", allowed="the path of a Unix socket", example="/run/commitment-tracker/web.sock", default=""
)
_tcp = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
# A socket that systemd holds (deploy/) goes before both: it is there while the site is started again.
bind = f"unix:{_socket}" if _socket else _tcp

# Threads, because a request mostly waits for the database; two processes, so that one that hangs doesn't stop the site.
worker_class = "gthread"
workers = env.number("WEB_CONCURRENCY", smallest=1, largest=64, default=2)
threads = 4
timeout = 30
graceful_timeout = 30
# A worker is replaced now and then, not all at once: a slow leak never grows.
max_requests = 10_000
max_requests_jitter = 1_000

# Whose word is taken that a request came by HTTPS (X-Forwarded-Proto).
forwarded_allow_ips = env.text(
    "FORWARDED_ALLOW_IPS",
    allowed="addresses of the proxies in front, separated by commas",
    example="10.0.0.5",
    default="127.0.0.1,::1",
)

# A list may be asked for by many values. The most that gunicorn takes; it fits into nginx's buffer (deploy/nginx).
limit_request_line = 8190

# Heartbeats in memory: on a slow disk they would stall the workers.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# No remote control.
control_socket_disable = True

_environment = env.choice("ENVIRONMENT", choices=("local", "production"), default="local")
_format = env.choice(
    "LOG_FORMAT", choices=("json", "plain"), default="json" if _environment == "production" else "plain"
)


class SiteLogger(Logger):
    """What gunicorn itself has to say goes out as the site's own lines do."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(_FORMATTERS[_format])


_FORMATTERS = {
    "json": JsonFormatter(),
    "plain": PlainFormatter("{asctime} {levelname} {name}: {message}", style="{"),
}
logger_class = SiteLogger

# Where each process counts, for /metrics. In memory, and gone with the server.
_COUNTS = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: object) -> None:
    """Make the folder for counts, before any process looks for it."""
    os.environ[_COUNTS] = tempfile.mkdtemp(prefix="tracker-counts-", dir=worker_tmp_dir)


def on_exit(server: object) -> None:
    """Take it away."""
    shutil.rmtree(os.environ.pop(_COUNTS, ""), ignore_errors=True)


def post_worker_init(worker: object) -> None:
    """Let each process read the record into memory beside its first requests."""
    threading.Thread(target=import_string("commitments.bitmaps.warm_up"), daemon=True).start()


def when_ready(server: object) -> None:
    """Say where the site is, once it can be visited; to people, not to programs."""
    if _socket or _format == "json":
        return
    shown = "127.0.0.1" if _host in ("0.0.0.0", "::") else _host
    address = f"http://[{shown}]:{_port}/" if ":" in shown else f"http://{shown}:{_port}/"
    print(f"\nThe site:          {address}", flush=True)
    print(f"For editors:       {address}admin/", flush=True)
    print("A first editor:    make editor        (stop the site with Ctrl-C)\n", flush=True)
