"""A file that is encrypted and proves itself, piece by piece (the STREAM construction over AES-256-GCM).

After MAGIC and a random salt come pieces of CHUNK bytes, the last one shorter, each with a tag of 16 bytes. The key of
the file is HKDF-SHA256(BACKUP_KEY, salt). The nonce of a piece is its number, and whether it is the last: so that no
piece can be changed, left out, moved, added, or taken from another file, and no file be cut short.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from commitments.backups.errors import NotDone

MAGIC = b"commitment-tracker sealed backup 1\n"
SALT, KEY, TAG = 16, 32, 16
CHUNK = 256 * 1024


class Sealer:
    """Encrypts what is written to it into `file`. Whole only once it is closed."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = os.urandom(SALT)
        self._file, self._cipher = file, _cipher(key, salt)
        self._number, self._waiting = 0, bytearray()
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self._waiting += data
        # One byte more than a piece has to be there: the last piece is only known when there is no more.
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._put(bytes(self._waiting), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, None))
        self._number += 1


class Opener:
    """Reads what a `Sealer` wrote. Raises `NotDone` where a piece is not as it was written, or the key is another."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = file.read(SALT)
        self._file, self._cipher = file, _cipher(key, salt)
        self._number, self._open, self._is_over = 0, bytearray(), False
        self._next = file.read(CHUNK + TAG)

    def read(self, size: int = -1) -> bytes:
        while not self._is_over and (size < 0 or len(self._open) < size):
            self._take()
        size = len(self._open) if size < 0 else size
        found = bytes(self._open[:size])
        del self._open[:size]
        return found

    def _take(self) -> None:
        piece, self._next = self._next, self._file.read(CHUNK + TAG)
        self._is_over = not self._next
        try:
            self._open += self._cipher.decrypt(_nonce(self._number, is_last=self._is_over), piece, None)
        except InvalidTag:
            why = (
                "is not what was written: damaged or cut short" if self._number else "is damaged, or BACKUP_KEY another"
            )
            raise NotDone(f"The backup {why} (piece {self._number + 1}). Nothing was changed.") from None
        self._number += 1


def _cipher(key: str, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), length=KEY, salt=salt, info=MAGIC).derive(key.encode())
    return AESGCM(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
