"""The front page."""


def test_it_welcomes_people(app, client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert app.config["PROJECT_NAME"] in page.text
