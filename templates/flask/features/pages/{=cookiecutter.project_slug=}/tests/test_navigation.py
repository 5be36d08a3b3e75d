"""The way to every list."""


def test_the_first_page_leads_to_every_list(client):
    page = client.get("/").text
    for path in (
        # % for app in cookiecutter._apps
        # % for resource in app.resources
        "/{= app.kebab =}/{= resource.kebab =}/",
        # % endfor
        # % endfor
    ):
        assert f'href="{path}"' in page
