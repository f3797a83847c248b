"""Many readers at once, by wrk: how many were answered, how fast, and how many were not."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.nginx import HOST
from tests.deploy.programs import find

_SCRIPT = """
local paths = {%(paths)s}
local number = %(first)d
request = function()
  number = number + 1
  local path = paths[number %% #paths + 1]
  if %(unique)s then path = path .. (path:find("?", 1, true) and "&" or "?") .. "x=" .. number end
  return wrk.format("GET", path)
end
"""
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """What came of it: answers, those among them that were errors or never came, a second, and milliseconds."""

    answers: int
    errors: int
    per_second: float
    p99: float

    def __str__(self) -> str:
        return f"{self.errors} errors in {self.answers:,}, {self.per_second:,.0f}/s, p99 {self.p99:.0f} ms"


def start(
    port: int, paths: Sequence[str], *, connections: int, seconds: int, unique: bool = False, first: int = 0
) -> "subprocess.Popen[str]":
    """Begin asking for these paths in turn, each time with another query if they are to be `unique`."""
    quoted = ", ".join(f'"{path}"' for path in paths)
    folder = Path(tempfile.mkdtemp(prefix="tracker-wrk-"))
    script = folder / "paths.lua"
    script.write_text(_SCRIPT % {"paths": quoted, "first": first, "unique": str(unique).lower()})
    command = [str(find("wrk")), "--latency", "--timeout", "10s", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--header", f"Host: {HOST}", "--script", str(script)]
    return subprocess.Popen([*command, f"http://127.0.0.1:{port}/"], stdout=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> Load:
    """Wait until it has ended, and give what it found."""
    output, _ = process.communicate()
    answers = re.search(r"(\d+) requests in", output)
    second = re.search(r"Requests/sec:\s+([\d.]+)", output)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", output)
    assert answers, output
    assert second, output
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    errors = sum(int(one) for found in (refused, broken) if found for one in found.groups())
    p99 = float(slowest[1]) * _UNITS[slowest[2]] if slowest else float("inf")
    return Load(int(answers[1]), errors, float(second[1]), p99)


def run(
    port: int, paths: Sequence[str], *, connections: int, seconds: int, unique: bool = False, first: int = 0
) -> Load:
    """Ask for these paths in turn for so long."""
    return finish(start(port, paths, connections=connections, seconds=seconds, unique=unique, first=first))
