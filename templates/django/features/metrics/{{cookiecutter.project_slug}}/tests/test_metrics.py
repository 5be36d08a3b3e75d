"""What is counted, under which names, and who may see it."""

import pytest
from django.test import Client, override_settings
from prometheus_client import REGISTRY

from core.metrics import may_read, networks, observe

pytestmark = pytest.mark.django_db
NAMES = ("http_requests_total", "http_request_duration_seconds_count")


def counted(name: str = NAMES[0], **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def test_an_answer_is_counted_by_the_pattern_of_its_route(client: Client) -> None:
    labels = {"method": "GET", "route": "/accounts/login/", "status": "200"}
    before = [counted(name, **labels) for name in NAMES]
    client.get("/accounts/login/?next=/somewhere/")
    assert [counted(name, **labels) for name in NAMES] == [number + 1 for number in before]


def test_nothing_that_clients_choose_becomes_a_label(client: Client) -> None:
    before = counted(method="GET", route="unmatched", status="404")
    for number in range(3):
        client.get(f"/nowhere/{number}/")
    assert counted(method="GET", route="unmatched", status="404") == before + 3
    observe("BREW", "/pots/<int:pot_id>/lids/<name>/", 405, 0.1)
    assert counted(method="OTHER", route="/pots/{pot_id}/lids/{name}/", status="405") == 1


def test_probes_and_static_files_are_left_out(client: Client) -> None:
    unmatched = {"method": "GET", "route": "unmatched", "status": "404"}
    before = counted(**unmatched)
    for path in ("/health", "/ready", "/metrics", "/static/nothing.css"):
        client.get(path)
    names = {
        sample.labels.get("route") for metric in REGISTRY.collect() for sample in metric.samples
    }
    assert not names & {"/health", "/ready", "/metrics"}
    assert counted(**unmatched) == before


def test_the_metrics_are_closed_by_default(client: Client) -> None:
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403


@override_settings(METRICS_TOKEN="secret", SECURE_SSL_REDIRECT=True)
def test_a_token_opens_them_whatever_the_host(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    given = {"host": "10.0.0.7:8000", "Authorization": "Bearer secret"}
    answer = client.get("/metrics", headers=given)
    assert answer.status_code == 200
    assert "http_requests_total{" in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/plain")


@override_settings(METRICS_NETWORKS=networks(["127.0.0.0/8"]))
def test_a_network_opens_them(client: Client) -> None:
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.1.2.3", True), ("11.1.2.3", False), ("::1", True), ("", False), ("unix:", False)],
)
def test_addresses(address: str, expected: bool) -> None:
    assert may_read("", address, "", networks(["10.0.0.0/8", " ::1 ", ""])) is expected


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        networks(["everywhere"])
