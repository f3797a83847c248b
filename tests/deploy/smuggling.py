"""Requests whose end two servers may see in different places, so that one takes the rest for another request.

Each hides `GET /corrections/` where no server that counts right sees a request.
"""

from tests.deploy.nginx import HOST

HIDDEN_ROUTE = "/corrections/"
HIDDEN = f"GET {HIDDEN_ROUTE} HTTP/1.1\r\nHost: {HOST}\r\nX-Hidden: 1\r\n\r\n".encode()
_LAST_CHUNK = b"0\r\n\r\n"


def _post(*headers: bytes, body: bytes) -> bytes:
    lines = [b"POST /follow/ HTTP/1.1", f"Host: {HOST}".encode(), b"Content-Type: application/x-www-form-urlencoded"]
    return b"\r\n".join([*lines, *headers, b"", b""]) + body


def _of(length: int) -> bytes:
    return b"Content-Length: %d" % length


CHUNKED = b"Transfer-Encoding: chunked"
_ALL = _LAST_CHUNK + HIDDEN

ATTACKS = {
    "length and chunks": _post(_of(len(_ALL)), CHUNKED, body=_ALL),
    "chunks and length": _post(CHUNKED, _of(4), body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)),
    "two lengths": _post(_of(0), _of(len(HIDDEN)), body=HIDDEN),
    "two lengths, the shorter last": _post(_of(len(HIDDEN)), _of(0), body=HIDDEN),
    "a list of lengths": _post(b"Content-Length: 0, %d" % len(HIDDEN), body=HIDDEN),
    "a length with a sign": _post(b"Content-Length: +%d" % len(HIDDEN), body=HIDDEN),
    "a length below nothing": _post(b"Content-Length: -1", body=HIDDEN),
    "a length in another base": _post(b"Content-Length: 0x%x" % len(HIDDEN), body=HIDDEN),
    "a length that runs over": _post(b"Content-Length: 18446744073709551616", body=HIDDEN),
    "a length with a space within": _post(b"Content-Length: %d 0" % len(HIDDEN), body=HIDDEN),
    "an encoding nobody knows": _post(b"Transfer-Encoding: xchunked", _of(len(_ALL)), body=_ALL),
    "an encoding and another": _post(b"Transfer-Encoding: chunked, identity", _of(len(_ALL)), body=_ALL),
    "two encodings": _post(CHUNKED, b"Transfer-Encoding: identity", _of(len(_ALL)), body=_ALL),
    "an encoding after a tab": _post(b"Transfer-Encoding:\x0bchunked", _of(len(_ALL)), body=_ALL),
    "an encoding before a space": _post(b"Transfer-Encoding : chunked", _of(len(_ALL)), body=_ALL),
    "an encoding in quotes": _post(b'Transfer-Encoding: "chunked"', _of(len(_ALL)), body=_ALL),
    "an encoding on the next line": _post(b"Transfer-Encoding:\r\n chunked", _of(len(_ALL)), body=_ALL),
    "an encoding below another header": _post(
        b"X-Folded: 1\r\n\tTransfer-Encoding: chunked", _of(len(_ALL)), body=_ALL
    ),
    "an encoding after a bare carriage return": _post(b"X: 1\rTransfer-Encoding: chunked", _of(len(_ALL)), body=_ALL),
    "an encoding after a bare line feed": _post(b"X: 1\nTransfer-Encoding: chunked", _of(len(_ALL)), body=_ALL),
    "an encoding with an underscore": _post(b"Transfer_Encoding: chunked", _of(len(_ALL)), body=_ALL),
    "a length with an underscore": _post(b"Content_Length: 0", _of(len(HIDDEN)), body=HIDDEN),
    "an encoding after a nought": _post(b"X: \x00\r\nTransfer-Encoding: chunked", _of(len(_ALL)), body=_ALL),
    "a chunk of a size in another base": _post(CHUNKED, body=b"0x0\r\n\r\n" + HIDDEN),
    "a chunk of a size that runs over": _post(CHUNKED, body=b"10000000000000000\r\n\r\n" + HIDDEN),
    "a chunk of a size below nothing": _post(CHUNKED, body=b"-1\r\n\r\n" + HIDDEN),
    "a chunk whose size has a space": _post(CHUNKED, body=b"%x \r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)),
    "an extension with a bare line feed": _post(CHUNKED, body=b"%x;\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)),
    "a chunk ended by a bare line feed": _post(CHUNKED, body=b"%x\n%s\n0\n\n" % (len(HIDDEN), HIDDEN)),
    "a body that a GET has": (
        f"GET /about/?body HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {len(HIDDEN)}\r\n\r\n".encode() + HIDDEN
    ),
    "chunks to HTTP/1.0": (
        f"POST /follow/ HTTP/1.0\r\nHost: {HOST}\r\nContent-Length: {len(_ALL)}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n".encode()
        + _ALL
    ),
    "an upgrade": (
        f"GET /about/?upgrade HTTP/1.1\r\nHost: {HOST}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        f"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: {len(HIDDEN)}\r\n\r\n".encode()
        + HIDDEN
    ),
    "what the connection is to drop": _post(b"Connection: close, Content-Length", _of(len(HIDDEN)), body=HIDDEN),
}
