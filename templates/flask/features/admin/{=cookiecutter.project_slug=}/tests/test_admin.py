"""The admin: every model, staff only."""

import pytest
from sqlalchemy import inspect

from app.blueprints.accounts.tests.factories import UserFactory
# % for app in cookiecutter._apps
# % for resource in app.resources
from app.blueprints.{= app.name =}.tests import factories as {= app.name =}
# % endfor
# % endfor
from app.database import Base
from app.extensions import db

MODELS = [mapper.class_ for mapper in Base.registry.mappers]
FACTORIES = [
    UserFactory,
    # % for app in cookiecutter._apps
    # % for resource in app.resources
    {= app.name =}.{= resource.name =}Factory,
    # % endfor
    # % endfor
]


def address(model):
    return f"/admin/{model.__module__.split('.')[-2]}/{model.__name__.lower()}/"


def test_only_staff_get_in(client, login, user):
    assert client.get("/admin/").location == "/accounts/login/?next=/admin/"
    login(user)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403


def test_its_first_page_leads_to_every_model(login, staff):
    page = login(staff).get("/admin/").text
    assert [model for model in MODELS if f'href="{address(model)}"' not in page] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_its_pages(login, staff, model):
    client, url = login(staff), address(model)
    for factory in FACTORIES:
        if factory._meta.model is model:  # a model of your own may have no factory here
            factory.create()
    assert client.get(url).status_code == 200
    if row := db.session.query(model).first():
        row_id = ",".join(str(value) for value in inspect(row).identity)
        assert client.get(f"{url}details/?id={row_id}").status_code == 200
        assert client.get(f"{url}edit/?id={row_id}").status_code == 200


def test_no_page_shows_a_secret(login, staff):
    client = login(staff)
    for page in ("", f"details/?id={staff.id}", f"edit/?id={staff.id}", "export/csv/"):
        text = client.get(f"/admin/accounts/user/{page}").text
        assert "argon2" not in text
        assert staff.fs_uniquifier not in text


def test_staff_edit_a_row(login, staff):
    data = {"email": staff.email, "name": "Changed", "active": "y"}
    response = login(staff).post(f"/admin/accounts/user/edit/?id={staff.id}", data=data)
    assert response.status_code == 302, response.text
    db.session.refresh(staff)
    assert staff.name == "Changed"


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_lists_take_as_many_queries_whatever_their_length(login, staff, count_queries, factory):
    client, url = login(staff), address(factory._meta.model)
    factory.create()
    counts = []
    for rows in (0, 1):
        factory.create_batch(rows)
        with count_queries() as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], queries
