import pytest


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = "secret"
    return {"Authorization": "Bearer secret"}


def test_requests_are_counted_by_route(client, db, token):
    client.get("/")
    client.get("/nothing/at/all")
    client.generic("INVENTED", "/")
    client.get("/static/nothing.css")
    text = client.get("/metrics", headers=token).text
    assert 'http_requests_total{method="GET",route="/",status="200"}' in text
    assert 'http_request_duration_seconds_count{method="GET",route="/",status="200"}' in text
    assert 'route="unmatched"' in text
    assert 'method="other"' in text
    for invented in ("/nothing/at/all", "INVENTED", "static"):
        assert invented not in text


def test_only_the_token_opens_them(client, token):
    assert client.get("/metrics", headers=token).status_code == 200
    for header in ("", "Bearer wrong", "Bearer \xff"):
        assert client.get("/metrics", headers={"Authorization": header}).status_code == 403


def test_without_a_token_they_are_for_development(client, settings):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403
    settings.DEBUG = True
    assert client.get("/metrics").status_code == 200


def test_prometheus_asks_by_address_and_without_tls(client, settings, token):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/metrics", headers={"Host": "10.0.0.7:8000", **token})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")


def test_all_processes_are_read(client, token, monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert client.get("/metrics", headers=token).status_code == 200
