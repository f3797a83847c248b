"""Whoever runs the site can ask whether it answers."""

from django.test import Client, override_settings


def test_it_answers_without_the_database(client: Client) -> None:
    # Without the django_db marker, any query would fail this test.
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response.headers["Cache-Control"]


@override_settings(SECURE_SSL_REDIRECT=True)
def test_it_answers_a_health_check_that_does_not_speak_https(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/admin/login/").status_code == 301


def test_it_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
