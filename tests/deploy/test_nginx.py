"""nginx before gunicorn, as deploy/ sets them up: what is kept, what never is, and what is refused."""

import time
from pathlib import Path

import pytest

from tests.deploy import nginx, raw
from tests.deploy.certificates import certify
from tests.deploy.conftest import Deployed

pytestmark = [pytest.mark.once, pytest.mark.django_db]

NOTICE = "This page may be out of date."


def test_nginx_accepts_the_site_with_tls(tmp_path: Path) -> None:
    certify(tmp_path)
    nginx.write(tmp_path, ["unix:/tmp/nobody.sock"], tls=True)

    done = nginx.check(tmp_path)

    assert done.returncode == 0, done.stderr


def test_without_encryption_a_page_leads_to_https_and_a_program_is_refused(tmp_path: Path) -> None:
    certify(tmp_path)
    site = nginx.write(tmp_path, ["unix:/tmp/nobody.sock"], tls=True)

    with nginx.running(site):
        page = raw.ask(site.unencrypted, "/commitments/?country=KZ")
        program = raw.ask(site.unencrypted, "/api/v1/commitments/")

    assert (page.status, page.headers["location"]) == (301, f"https://{nginx.HOST}/commitments/?country=KZ")
    assert (program.status, program.text) == (403, '{"detail":"Ask by HTTPS."}')
    assert program.headers["content-type"] == "application/json"


def test_nginx_would_refuse_a_fault_in_it(tmp_path: Path) -> None:
    nginx.write(tmp_path, ["unix:/tmp/nobody.sock"], changed={"proxy_cache_lock on;": "proxy_cache_lok on;"})

    assert nginx.check(tmp_path).returncode != 0


def until_kept(deployed: Deployed, path: str, state: str, seconds: float = 10) -> raw.Answer:
    """The first answer that nginx gives in this state of its cache."""
    end = time.monotonic() + seconds
    answer = deployed.ask(path)
    while time.monotonic() < end:
        if state in answer.headers.get("cache-status", ""):
            return answer
        answer = deployed.ask(path)
    raise AssertionError(f"{path} was never {state}: {answer.headers}")


@pytest.mark.parametrize("path", ["/about/", "/nowhere/"])
def test_it_keeps_a_page_and_what_is_not_there(deployed: Deployed, path: str) -> None:
    first = deployed.ask(path)
    again = until_kept(deployed, path, "hit")

    assert again.body == first.body
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert NOTICE not in again.text
    assert "warning" not in again.headers


def test_it_answers_from_what_it_kept_and_says_so_while_the_site_is_away(deployed: Deployed) -> None:
    fresh = deployed.ask("/method/")
    deployed.ask("/commitments.csv")
    deployed.app.kill()
    try:
        old = until_kept(deployed, "/method/", "stale")
        file = until_kept(deployed, "/commitments.csv", "stale")
        unknown = deployed.ask("/corrections/")
        editors = deployed.ask("/admin/", method="HEAD")
    finally:
        deployed.app.start()

    assert old.status == file.status == 200
    assert NOTICE in old.text
    # But for the notice it is the page that was kept.
    notice = old.text[old.text.index('<section class="notice" role="status"') :].partition("</section>")
    assert old.text.replace(notice[0] + notice[1], "") == fresh.text
    assert "110" in old.headers["warning"]
    assert "110" in file.headers["warning"]
    assert old.headers["content-security-policy"] == fresh.headers["content-security-policy"]
    assert unknown.status == editors.status == 502
    assert "This page cannot be shown just now" in unknown.text
    assert unknown.headers["cache-control"] == "no-store"
    assert unknown.headers["retry-after"] == "10"
    # Back again: the notice goes.
    until_kept(deployed, "/method/", "hit")
    assert NOTICE not in deployed.ask("/method/").text


def test_it_keeps_no_page_with_a_cookie_and_gives_none_to_whoever_has_a_session(deployed: Deployed) -> None:
    forms = [deployed.ask("/follow/") for _ in range(2)]
    assert forms[0].headers["set-cookie"] != forms[1].headers["set-cookie"]

    deployed.ask("/about/")
    for cookie in ("sessionid=abcdefgh", "theme=dark; __Host-sessionid=abcdefgh"):
        signed_in = deployed.ask("/about/", headers={"Cookie": cookie})
        assert signed_in.headers["cache-status"] == "nginx; fwd=bypass"
        assert "hit" in until_kept(deployed, "/about/", "hit").headers["cache-status"]


UNKEYED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-For": "127.0.0.1",
    "Forwarded": "host=evil.example;proto=gopher",
    "X-Host": "evil.example",
    "X-Original-URL": "/evil/",
    "X-Rewrite-URL": "/evil/",
    "X-HTTP-Method-Override": "POST",
    "X-Request-ID": "evil-evil-evil",
    "Accept-Language": "evil",
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/",
    "User-Agent": "evil",
    "Cookie": "theme=evil",
    "Range": "bytes=0-9",
    "If-None-Match": '"evil"',
}


def test_no_header_that_is_no_part_of_the_key_stays_in_what_is_kept(deployed: Deployed) -> None:
    for number, (name, value) in enumerate(UNKEYED.items()):
        path = f"/about/?{number}"
        clean = deployed.ask(f"/about/?clean-{number}")
        deployed.ask(path, headers={name: value})
        kept = deployed.ask(path)

        assert kept.status == 200, name
        assert b"evil" not in kept.body, name
        assert not any("evil" in value for value in kept.headers.values()), name
        assert kept.body.replace(path.encode(), b"") == clean.body.replace(f"/about/?clean-{number}".encode(), b""), (
            name
        )


def test_no_host_but_its_own_gets_an_answer(deployed: Deployed) -> None:
    for host in ("evil.example", f"{nginx.HOST}.evil.example", "127.0.0.1", f"{nginx.HOST}@evil.example", ""):
        assert deployed.ask("/about/", host=host).status in (0, 400), host
    absolute = raw.exchange(deployed.port, raw.request("http://evil.example/about/"))
    assert raw.parsed(absolute).status in (0, 400)
    doubled = raw.request("/about/", headers={"Host": "evil.example"})
    assert raw.parsed(raw.exchange(deployed.port, doubled)).status == 400


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "PURGE"])
def test_it_takes_no_other_methods(deployed: Deployed, method: str) -> None:
    answer = deployed.ask("/about/", method=method, headers={"X-Canary": "echo-me"})

    assert answer.status in (400, 405)
    assert b"echo-me" not in answer.body


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(deployed: Deployed) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "300000"}

    assert deployed.ask("/follow/", method="POST", headers=headers).status == 413
    # The editors' imports may be ten megabytes; more may not.
    assert deployed.ask("/admin/", method="POST", headers={**headers, "Content-Length": "13000000"}).status == 413
    endless = b"Transfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    chunked = raw.request("/follow/", method="POST")[:-2] + endless + (b"10000\r\n" + b"a" * 0x10000 + b"\r\n") * 4
    assert raw.parsed(raw.exchange(deployed.port, chunked, whole=False)).status == 413


def test_headers_that_are_too_long_are_refused(deployed: Deployed) -> None:
    assert deployed.ask("/about/?" + "a" * 9000).status == 414
    # What is as long as it may be reaches the site, which answers as it answers everything.
    longest = deployed.ask("/api/v1/commitments/?fields=" + "a" * 8000)
    assert (longest.status, longest.headers["content-type"]) == (400, "application/json")
    assert deployed.ask("/about/", headers={"X-Long": "a" * 9000}).status == 400


def test_one_address_that_asks_too_often_is_told_so_and_others_are_not(deployed: Deployed) -> None:
    many = b"".join(raw.request("/about/").replace(b"Connection: close\r\n", b"") for _ in range(199))
    answers = raw.exchange(deployed.port, many + raw.request("/about/"), source=raw.STRANGER)

    assert answers.count(b"HTTP/1.1 200") >= 120
    assert answers.count(b"HTTP/1.1 429") >= 20
    assert deployed.ask("/about/", source="127.0.0.3").status == 200


def test_static_files_come_from_nginx_and_nothing_from_beside_them(deployed: Deployed) -> None:
    file = deployed.ask("/static/css/base.css")

    assert file.status == 200
    assert "max-age=3600" in file.headers["cache-control"]
    for path in ("/static/../manage.py", "/static../manage.py", "/static/%2e%2e/manage.py", "/static/..%2fmanage.py"):
        assert deployed.ask(path).status in (400, 404), path


def test_what_is_for_operators_is_at_their_port_alone(deployed: Deployed) -> None:
    for path in ("/readyz", "/metrics"):
        assert deployed.ask(path).status == 404
        assert raw.ask(deployed.operators, path).status == 200
    assert deployed.ask("/healthz").status == 200
    deployed.ask("/about/?counted=1")
    counts = raw.ask(deployed.operators, "/metrics").text
    assert 'tracker_requests_total{method="GET",route="/about/",status="200"}' in counts
    assert raw.ask(deployed.operators, "/about/").status == 404


def test_its_log_says_nothing_of_who_asked_nor_for_what(deployed: Deployed) -> None:
    # Nobody who was told to wait by another test.
    visitor = "127.0.0.4"
    deployed.ask("/commitments/?q=canaryword", headers={"User-Agent": "canaryagent"}, source=visitor)
    deployed.ask("/follow/canarytoken/", source=visitor)

    log = deployed.app.log.with_name("log") / "commitment-tracker.log"
    end = time.monotonic() + 10
    # Written in batches.
    while '"status":404' not in log.read_text():
        assert time.monotonic() < end, log.read_text()
    for text in (log.read_text(), deployed.app.log.read_text()):
        assert "canary" not in text
        assert visitor not in text
