"""Find the programs that tests start beside the site's own, or install them.

    python -m tests.deploy.programs [wrk]

prints where nginx and Redis are, and those that are named; where one is missing, installs Debian's package first if one
may.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Debian's packages, by the program that is looked for.
PACKAGES = {"nginx": "nginx-light", "redis-server": "redis-server", "wrk": "wrk"}
# Every run of the tests needs these.
ALWAYS = ("nginx", "redis-server")


class ProgramMissing(RuntimeError):
    """A program is not here. The message says how to get it."""


def find(name: str) -> Path:
    """Where a program is. Raises `ProgramMissing`."""
    # Debian has servers where users do not look.
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))
    if not found:
        package = PACKAGES[name]
        raise ProgramMissing(
            f"{name} is missing and could not be installed: install it (on Debian, as root: apt-get install {package})"
        )
    return Path(found)


def missing(wanted: Sequence[str]) -> list[str]:
    """The names of those programs that are not here."""
    names = []
    for name in wanted:
        try:
            find(name)
        except ProgramMissing:
            names.append(name)
    return names


def install(names: list[str]) -> None:
    """Try to install these programs. Whether it worked, `find` tells."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [PACKAGES[name] for name in names]
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", *command], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment
        )


def main(*more: str) -> int:
    """Print where each program is, installing what is not there; 1 if one is not to be had."""
    wanted = (*ALWAYS, *more)
    if names := missing(wanted):
        print(f"Installing {', '.join(names)} …", flush=True)
        install(names)
    try:
        found = [str(find(name)) for name in wanted]
    except ProgramMissing as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Tests of the deployment use {', '.join(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
