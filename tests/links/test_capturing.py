"""Taking what an address answers: whole, within bounds, never inwards, and as an archive keeps it."""

import datetime as dt
import gzip
import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from commitments.links import Capturer, NotCaptured, NotReadable, reading, warc
from tests.links.servers import Server, answer, checker_for, real_policy_at, serving

HTML: dict[str, Any] = {"Content__Type": "text/html; charset=utf-8"}
PAGE = (
    b"<title>The statement</title><script>var x = 'hidden'</script><style>p{}</style><p>We  will <b>build</b>.<p>Soon."
)


def capturer_for(*servers: Server, **changes: Any) -> Capturer:
    return Capturer(checker_for(*servers), **changes)


def records(path: Path) -> list[tuple[str, dict[str, str], str, bytes]]:
    """By record: its type, its headers, its first line and its body."""
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                dict(record.rec_headers.headers),
                record.http_headers.statusline if record.http_headers else "",
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(file)
        ]


def test_it_takes_the_body_its_hash_its_type_and_its_text() -> None:
    with serving(answer(body=PAGE, **HTML)) as server:
        fetched = capturer_for(server).fetch(f"{server.url}statement?x=1")

    assert fetched.body == PAGE
    assert fetched.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert fetched.media_type == "text/html"
    assert fetched.text == "The statement\n\nWe will build.\nSoon."
    assert server.asked[0][0] == "/statement?x=1"
    assert server.asked[0][1]["User-Agent"].startswith("commitment-tracker-links/")


def test_it_follows_and_keeps_every_step(tmp_path: Path) -> None:
    with serving(answer(body=PAGE, **HTML)) as there, serving(answer(302, b"", Location=there.url)) as here:
        fetched = capturer_for(here, there).fetch(here.url)

    warc.write(fetched, tmp_path, "2026/one.warc.gz")

    found = records(tmp_path / "2026/one.warc.gz")
    assert [kind for kind, *_rest in found] == ["warcinfo", "response", "request", "response", "request"]
    assert [head["WARC-Target-URI"] for _kind, head, *_rest in found[1:]] == [here.url] * 2 + [there.url] * 2
    assert [line for _kind, _head, line, _body in found[1:]] == ["302 Found", "/ HTTP/1.1", "200 OK", "/ HTTP/1.1"]
    assert found[3][3] == PAGE
    assert found[3][1]["WARC-IP-Address"] == "127.0.0.1"
    assert found[4][1]["WARC-Concurrent-To"] == found[3][1]["WARC-Record-ID"]
    assert (tmp_path / "2026/one.warc.gz").read_bytes()[:2] == b"\x1f\x8b"
    with (tmp_path / "2026/one.warc.gz").open("rb") as file:
        assert {record.rec_headers.protocol for record in ArchiveIterator(file)} == {"WARC/1.1"}
        file.seek(0)
        # Every record's digests hold.
        assert [one.digest_checker.passed for one in ArchiveIterator(file, check_digests=True) if one.raw_stream.read()]
    assert warc.payload(tmp_path, "2026/one.warc.gz") == warc.Payload(fetched.sha256, len(PAGE))
    assert [path.name for path in (tmp_path / "2026").iterdir()] == ["one.warc.gz"]


def test_an_answer_in_chunks_is_kept_without_them_and_says_so(tmp_path: Path) -> None:
    def http11(request: Any) -> None:
        request.wfile.write(b"HTTP/1.1 200 Tr\xe8s bien\r\n")
        request.wfile.write(b"Transfer-Encoding: chunked\r\nContent-Type: text/plain\r\nX-Name: \xd0\x90\r\n\r\n")
        request.wfile.write(b"6\r\nCapit\xc3\r\n2\r\n\xa9.\r\n0\r\n\r\n")

    with serving(http11) as server:
        fetched = capturer_for(server).fetch(server.url)

    warc.write(fetched, tmp_path, "one.warc.gz")

    assert fetched.text == "Capité."
    assert warc.payload(tmp_path, "one.warc.gz").sha256 == hashlib.sha256("Capité.".encode()).hexdigest()
    with (tmp_path / "one.warc.gz").open("rb") as file:
        head = next(record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response")
    assert head.get_header("X-Original-Transfer-Encoding") == "chunked"
    assert head.get_header("Transfer-Encoding") is None


def test_nothing_on_this_machine_is_asked() -> None:
    with serving(answer()) as canary, pytest.raises(NotCaptured, match="not public"):
        Capturer(real_policy_at(canary)).fetch(canary.url)

    assert canary.asked == []


def test_a_redirect_inwards_is_not_followed() -> None:
    with (
        serving(answer()) as canary,
        serving(answer(302, Location=f"http://127.0.0.2:{canary.port}/")) as server,
        pytest.raises(NotCaptured, match="not public"),
    ):
        capturer_for(server, canary).fetch(server.url)

    assert canary.asked == []


@pytest.mark.parametrize(
    ("status", "headers", "body", "why"),
    [
        (404, {}, b"No.", "status 404"),
        (206, {}, b"A part.", "status 206"),
        (200, {}, b"", "nothing"),
        (200, {"X__Robots__Tag": "noindex, noarchive"}, b"A page.", "noarchive"),
        (200, {"X__Robots__Tag": "otherbot: noarchive"}, b"A page.", "noarchive"),
        (200, HTML, b"<META NAME=Robots CONTENT='NOARCHIVE,nofollow'>A page.", "noarchive"),
        (200, {"Content-Length": "999"}, b"Half a page.", "cut off"),
    ],
)
def test_what_is_no_document_or_may_not_be_kept_is_not(
    status: int, headers: dict[str, Any], body: bytes, why: str
) -> None:
    with serving(answer(status, body, **headers)) as server, pytest.raises(NotCaptured, match=why):
        capturer_for(server).fetch(server.url)


def test_what_is_too_large_is_not_kept_in_part() -> None:
    with serving(answer(body=b"x" * 40_000)) as server, pytest.raises(NotCaptured, match="larger than 30000 bytes"):
        capturer_for(server, most_bytes=30_000).fetch(server.url)


def test_a_server_that_drips_or_runs_in_circles_is_left() -> None:
    stopped = threading.Event()

    def drip(request: Any) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            for _ in range(100):
                request.wfile.write(b"x")
                request.wfile.flush()
                stopped.wait(0.1)
        except OSError:
            pass

    with serving(drip) as slow, serving(answer(302, Location="/")) as circle:
        with pytest.raises(NotCaptured, match="too long"):
            capturer_for(slow, deadline=0.3).fetch(slow.url)
        stopped.set()
        with pytest.raises(NotCaptured, match="circles"):
            capturer_for(circle).fetch(circle.url)


# --- the text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "text"),
    [
        ("Привет".encode("cp1251"), "text/html; charset=windows-1251", "", "Привет"),
        ("<meta charset='windows-1251'>Привет".encode("cp1251"), "text/html", "", "Привет"),
        ("Привет".encode("utf-16"), "text/plain", "", "Привет"),
        (b"caf\xe9", "text/plain; charset=nothing", "", "caf\ufffd"),
        (b"a\x00b", "text/plain; charset=rot13", "", "a b"),
        # Where a word may be broken and which way it runs is no part of it.
        (b"<p>Co&shy;ope&#8203;ra&shy;tion&nbsp;is &rlm;agreed", "text/html", "", "Cooperation is agreed"),
        (gzip.compress(b"Packed.", mtime=0), "text/plain", "gzip", "Packed."),
        (b"not packed", "text/plain", "gzip", ""),
        (b"?", "text/plain", "br", ""),
        (b"%PDF-1.7", "application/pdf", "", ""),
        (b"<p>?", "", "", ""),
        (b"One.\r\n\r\n\r\n\tTwo  &amp; three.", "text/plain", "", "One.\n\nTwo &amp; three."),
        (
            b"<ul><li>One &amp; two<li>Three</ul><noscript>No</noscript><svg/>Four",
            "text/html",
            "",
            "One & two\nThree\nFour",
        ),
        (b"<p>Kept <a href='", "text/html", "", "Kept <a href='"),
    ],
)
def test_text_is_read_as_it_was_meant(body: bytes, content_type: str, encoding: str, text: str) -> None:
    found = reading.read(body, content_type=content_type, encoding=encoding)

    assert found.text.replace("\n\n", "\n").strip() == text.replace("\n\n", "\n")


def test_a_codec_that_takes_minutes_over_a_page_is_not_used() -> None:
    page = reading.read(b"a" * 400_000, content_type="text/plain; charset=punycode", encoding="")

    assert page.text == ("a" * 400_000)[: reading.MOST_TEXT]


def test_a_bomb_is_unpacked_to_a_bound() -> None:
    bomb = gzip.compress(b"a" * 30_000_000, mtime=0)

    assert len(reading.read(bomb, content_type="text/plain", encoding="gzip").text) == reading.MOST_TEXT


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer(body=PAGE)) as server:
        fetched = capturer_for(server).fetch(server.url)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        warc.write(fetched, tmp_path, "one.warc.gz")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b broken", b"words", gzip.compress(b"words", mtime=0)])
def test_a_file_that_is_no_capture_is_told_from_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.warc.gz").write_bytes(content)

    with pytest.raises(NotReadable):
        warc.payload(tmp_path, "one.warc.gz")


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    for name in ("../one.warc.gz", "/etc/hostname"):
        with pytest.raises(NotReadable, match="out of the folder"):
            warc.payload(tmp_path, name)


def test_the_moment_is_kept_to_the_microsecond(tmp_path: Path) -> None:
    with serving(answer(body=PAGE)) as server:
        fetched = capturer_for(server).fetch(server.url)
    warc.write(fetched, tmp_path, "one.warc.gz")

    stated = records(tmp_path / "one.warc.gz")[1][1]["WARC-Date"]

    assert dt.datetime.fromisoformat(stated) == fetched.exchanges[0].asked_at
