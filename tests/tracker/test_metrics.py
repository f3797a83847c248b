"""Numbers for operators, and for nobody else."""

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-twenty-characters"


def test_it_counts_answers_by_route_and_never_by_address(client: Client) -> None:
    client.get("/about/")
    client.get("/commitments/SECRET-CODE/")
    client.generic("INVENTED", "/about/")

    page = client.get("/metrics").content.decode()

    assert 'tracker_requests_total{method="GET",route="/about/",status="200"}' in page
    assert 'tracker_requests_total{method="GET",route="/commitments/<code:code>/",status="404"}' in page
    assert 'tracker_request_seconds_bucket{le="0.1",route="/about/"}' in page
    assert 'tracker_check{part="database"} 1.0' in page
    assert 'method="OTHER"' in page
    assert "SECRET" not in page
    assert "INVENTED" not in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7"}, 404),
        # A proxy asks for somebody.
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 200),
        # Somebody says that they are a proxy.
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        # At a socket, without the proxy's word.
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}x"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": f"Basic {TOKEN}"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer ö"}, 404),
    ],
)
@override_settings(METRICS_TOKEN=TOKEN)
def test_it_is_for_operators_alone(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.get("/metrics", **headers).status_code == status  # type: ignore[arg-type] # headers are strings


@override_settings(METRICS_TOKEN="")
def test_no_token_opens_nothing(client: Client) -> None:
    strange = {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}

    assert client.get("/metrics", **strange).status_code == 404  # type: ignore[arg-type] # headers are strings
