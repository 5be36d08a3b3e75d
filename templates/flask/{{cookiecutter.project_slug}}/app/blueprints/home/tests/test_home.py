"""The front page."""


def test_it_welcomes_people(app, client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert app.config["SITE_NAME"] in page.text


def test_browsers_find_the_icon(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "ICONS", ["favicon.svg"])
    assert client.get("/favicon.ico").location.startswith("/static/favicon.svg")
    monkeypatch.setitem(app.config, "ICONS", [])
    assert client.get("/favicon.ico").status_code == 204
