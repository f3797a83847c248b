"""What is sealed opens with its key alone, and only as it was written."""

import io

import pytest

from commitments.backups.errors import NotDone
from commitments.backups.sealing import CHUNK, MAGIC, SALT, TAG, Opener, Sealer

KEY = "k" * 32


def sealed(content: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, key)
    for start in range(0, len(content), 100_000):
        sealer.write(content[start : start + 100_000])
    sealer.close()
    return file.getvalue()


def opened(data: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO(data)
    assert file.read(len(MAGIC)) == MAGIC
    return Opener(file, key).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_it_opens_as_it_was(size: int) -> None:
    content = bytes(index % 251 for index in range(size))

    assert opened(sealed(content)) == content
    assert content[:50] not in sealed(content) or size < 10


def test_no_two_are_alike() -> None:
    assert sealed(b"the same") != sealed(b"the same")


START = len(MAGIC) + SALT
PIECE = CHUNK + TAG


def changed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: changed(data, len(MAGIC)),
        lambda data: changed(data, START),
        lambda data: changed(data, START + PIECE + 5),
        lambda data: changed(data, len(data) - 1),
        lambda data: data[:-1],
        lambda data: data[: START + 2 * PIECE],
        lambda data: data[:START] + data[START + PIECE :],
        lambda data: data[:START] + data[START + PIECE :][:PIECE] + data[START:][:PIECE] + data[START + 2 * PIECE :],
        lambda data: data + data[-100:],
    ],
    ids=["salt", "first", "second", "tag", "shorter", "cut at a piece", "a piece left out", "two exchanged", "longer"],
)  # fmt: skip
def test_what_was_changed_does_not_open(damage: object) -> None:
    data = sealed(bytes(2 * CHUNK + 100))

    with pytest.raises(NotDone, match="Nothing was changed"):
        opened(damage(data))  # type: ignore[operator]


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(NotDone, match="BACKUP_KEY"):
        opened(sealed(b"secret"), "l" * 32)
