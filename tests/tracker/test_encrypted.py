"""Where the site is to be asked by HTTPS, pages lead there, and programs are refused."""

from django.test import Client, override_settings


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_program_that_asks_in_the_clear_is_refused_and_a_page_is_led(client: Client) -> None:
    # Without the django_db marker, any query would fail this test: nothing is looked up for it.
    for path in ("/api/v1/", "/api/v1/commitments/?country=KZ", "/api/v1/nowhere/"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (403, {"detail": "Ask by HTTPS."}), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/api/").status_code == 301
    assert client.get("/api/v1/openapi.json", secure=True).status_code == 200


def test_where_nobody_asks_for_https_programs_may_ask_without(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").status_code == 200
