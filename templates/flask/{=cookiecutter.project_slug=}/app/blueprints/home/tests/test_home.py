from flask import current_app


def test_the_first_page_names_the_site(client):
    assert current_app.config["SITE_NAME"] in client.get("/").text
