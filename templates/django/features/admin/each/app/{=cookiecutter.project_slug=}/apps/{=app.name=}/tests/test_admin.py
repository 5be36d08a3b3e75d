import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.tests.factories import UserFactory
# % for owner in cookiecutter._apps if owner is sameas app or owner.name in app.depends
# % for resource in owner.resources
from apps.{= owner.name =}.tests.factories import {= resource.name =}Factory
# % endfor
# % endfor


@pytest.mark.parametrize(
    ("name", "create", "more"),
    [
# % for resource in app.resources
{%% set few = resource.columns | selectattr("unique") | selectattr("type", "eq", "enum") | list %%}
{%% set linked = [] if few else resource.refs | selectattr("null") | list %%}
        ("{= resource.name | lower =}", {= "lambda: " if linked =}{= resource.name =}Factory{%% if linked %%}({%% for field in linked %%}{= field.name =}={= "UserFactory()" if field.target.app == "accounts" else field.target.name ~ "Factory()" =}, {%% endfor %%}){%% endif %%}, {= 1 if few else 9 =}),
# % endfor
    ],
)
def test_admin(admin_client, name, create, more):
    counts = []
    for number in (1, more):
        for _ in range(number):
            row = create()
        with CaptureQueriesContext(connection) as queries:
            page = admin_client.get(reverse(f"admin:{= app.name =}_{name}_changelist"))
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    search = reverse(f"admin:{= app.name =}_{name}_changelist")
    assert admin_client.get(search, {"q": "1"}).status_code == 200
    assert admin_client.get(reverse(f"admin:{= app.name =}_{name}_add")).status_code == 200
    change = reverse(f"admin:{= app.name =}_{name}_change", args=[row.pk])
    assert admin_client.get(change).status_code == 200
