"""One cache for several machines, without which each goes on alone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.nginx import wait_for
from tests.deploy.programs import find
from tracker import caches
from tracker.caches import ForgivingRedisCache

pytestmark = pytest.mark.once


@pytest.fixture
def server(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [str(find("redis-server")), "--port", "0", "--unixsocket", str(tmp_path / "redis.sock"), "--save", ""]
    found = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    wait_for(tmp_path / "redis.sock", found)
    yield found
    found.kill()
    found.wait()


def connected(folder: Path) -> ForgivingRedisCache:
    """As the settings make it, on one machine of several."""
    options = {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1}, "KEY_PREFIX": "tracker"}
    return ForgivingRedisCache(f"unix://{folder / 'redis.sock'}", options)


def test_what_one_machine_counts_the_others_know(server: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    one, other = connected(tmp_path), connected(tmp_path)

    one.add("asked", 0, 60)
    one.incr("asked")
    other.incr("asked")
    one.set_many({"a": [1], "b": "two"})

    assert one.get("asked") == 2
    assert other.get_many(["a", "b", "c"]) == {"a": [1], "b": "two"}
    assert other.delete("a")
    assert not one.has_key("a")
    for cache in (one, other):
        cache.close()


def test_without_it_a_cache_is_empty_and_asks_no_more_for_a_moment(
    server: "subprocess.Popen[bytes]", tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = connected(tmp_path)
    cache.set("a", 1)
    server.kill()
    server.wait()

    assert cache.get("a") is None
    assert cache.get("a", 7) == 7
    assert cache.add("a", 0)
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == []
    assert not cache.delete("a")
    assert not cache.touch("a")
    cache.set("a", 1)
    cache.delete_many(["a"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert [one.getMessage() for one in caplog.records] == ["The shared cache does not answer: ConnectionError"]

    monkeypatch.setattr(caches, "PAUSE", 0)
    cache.silent_until = 0
    assert cache.get("a") is None
    assert len(caplog.records) == 2
    cache.close()
