"""What deploy/ starts is there to be started, with settings that exist."""

import configparser
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.deploy.nginx import DEPLOY, ROOT
from tests.environment import OF_THE_SITE

pytestmark = pytest.mark.once

UNITS = sorted((DEPLOY / "systemd").iterdir())


def read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign] # names of units' options keep their case
    parser.read(path)
    return parser


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_every_unit_starts_what_there_is(path: Path) -> None:
    unit = read(path)

    assert unit["Unit"]["Description"].startswith("Commitment tracker: ")
    if path.suffix == ".timer":
        assert path.with_suffix(".service").is_file()
        assert unit["Timer"]["OnCalendar"]
        assert unit["Install"]["WantedBy"] == "timers.target"
    elif path.suffix == ".service":
        command = unit["Service"]["ExecStart"].split()
        assert command[0] == "/srv/commitment-tracker/.venv/bin/python"
        if command[1] == "manage.py":
            assert command[2] in get_commands()
        else:
            assert command[1:] == "-m gunicorn --config tracker/gunicorn.conf.py tracker.wsgi".split()
        assert unit["Service"]["User"] == "commitment-tracker"
        assert unit["Service"]["ProtectSystem"] == "strict"
        assert unit["Service"]["NoNewPrivileges"] == "yes"


def test_every_service_that_runs_now_and_then_has_its_timer() -> None:
    jobs = {path.stem for path in UNITS if path.suffix == ".service" and read(path)["Service"].get("Type") == "oneshot"}

    assert jobs == {path.stem for path in UNITS if path.suffix == ".timer"}
    assert len(jobs) >= 6


def test_the_containers_are_those_of_one_image_with_settings_that_exist() -> None:
    composed = yaml.safe_load((DEPLOY / "compose" / "compose.yml").read_text())
    services = composed["services"]

    assert set(services) == {"database", "cache", "web", "worker", "jobs", "proxy"}
    for name in ("web", "worker", "jobs"):
        assert services[name]["build"]["dockerfile"] == "deploy/compose/Dockerfile"
        assert set(services[name].get("environment", {})) <= OF_THE_SITE
        assert services[name]["cap_drop"] == ["ALL"]
    named = {part.split(":")[0] for one in services.values() for part in one.get("volumes", [])}
    for volume in named:
        assert volume in composed["volumes"] or (DEPLOY / "compose" / volume).exists() or volume.startswith("/etc/")
    for command in re.findall(r"manage\.py (\w+)", services["jobs"]["command"][-1]):
        assert command in get_commands()


def test_the_containers_do_what_the_timers_do() -> None:
    loop = yaml.safe_load((DEPLOY / "compose" / "compose.yml").read_text())["services"]["jobs"]["command"][-1]
    timed = {
        read(path.with_suffix(".service"))["Service"]["ExecStart"].split()[2]
        for path in UNITS
        if path.suffix == ".timer"
    }

    assert set(re.findall(r"manage\.py (\w+)", loop)) == timed
    kept = read(DEPLOY / "systemd" / "commitment-tracker-backup.service")["Service"]["ExecStartPost"]
    assert kept.removeprefix("/usr/bin/") in loop


def test_the_image_is_made_of_what_there_is() -> None:
    dockerfile = (DEPLOY / "compose" / "Dockerfile").read_text()

    copied = {
        source
        for sources in re.findall(r"^COPY ([^-].*) \S+$", dockerfile, flags=re.MULTILINE)
        for source in sources.split()
    }
    for source in copied:
        assert (ROOT / source).exists(), source
    assert set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), flags=re.MULTILINE)) == copied
    python = re.search(r"FROM python:([\d.]+)", dockerfile)
    assert python
    assert python[1] in ("3.12", "3.13", "3.14")


def test_the_readme_names_every_file() -> None:
    readme = (DEPLOY / "README.md").read_text()

    for path in [*DEPLOY.glob("*/*.sql"), *DEPLOY.glob("*/*.conf"), *DEPLOY.glob("*/*.yml"), *DEPLOY.glob("*.env")]:
        assert path.name in readme, path.name
    for path in UNITS:
        assert path.stem.removeprefix("commitment-tracker-") in readme, path.name
