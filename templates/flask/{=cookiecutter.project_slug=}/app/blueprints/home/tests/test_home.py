import pytest
from flask import current_app


def test_the_first_page_names_the_site(client):
    assert current_app.config["SITE_NAME"] in client.get("/").text


@pytest.mark.parametrize("path", ["/health", "/ready"])
@pytest.mark.parametrize("host", ["localhost", "10.0.0.7:8000"])
def test_probes_answer_whatever_the_host(client, path, host):
    assert client.get(path, headers={"Host": host}).json == {"status": "ok"}


def test_the_icon_is_where_browsers_look_for_it(client):
    page = client.get("/favicon.ico", follow_redirects=True)
    assert (page.status_code, page.content_type) == (200, "image/svg+xml")
