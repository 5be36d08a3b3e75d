"""Metrics for Prometheus."""

import pytest


@pytest.fixture
def token(app, monkeypatch):
    monkeypatch.setitem(app.config, "METRICS_TOKEN", "secret")
    return {"Authorization": "Bearer secret"}


def test_requests_are_counted_by_route(client, token):
    client.get("/health")
    client.get("/nothing/at/all")
    client.open("/health", method="INVENTED")
    text = client.get("/metrics", headers=token).text
    assert 'http_requests_total{method="GET",route="/health",status="200"}' in text
    assert 'route="unknown"' in text
    assert 'method="other"' in text
    assert "/nothing/at/all" not in text
    assert "INVENTED" not in text


def test_only_the_token_opens_them(client, token):
    assert client.get("/metrics", headers=token).status_code == 200
    for header in ("", "Bearer wrong", "Bearer \xff"):
        assert client.get("/metrics", headers={"Authorization": header}).status_code == 403


def test_without_a_token_they_are_for_development(app, client, monkeypatch):
    assert client.get("/metrics").status_code == 403
    monkeypatch.setattr(app, "debug", True)
    assert client.get("/metrics").status_code == 200


def test_all_processes_are_read(client, token, monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert client.get("/metrics", headers=token).status_code == 200
