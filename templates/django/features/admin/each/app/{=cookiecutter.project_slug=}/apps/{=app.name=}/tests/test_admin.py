import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

# % for resource in app.resources
from apps.{= app.name =}.tests.factories import {= resource.name =}Factory
# % endfor


@pytest.mark.parametrize(
    ("name", "create", "more"),
    [
# % for resource in app.resources
        ("{= resource.name | lower =}", {= resource.name =}Factory, {= 1 if resource.columns | selectattr("type", "in", ["enum", "bool"]) | selectattr("unique") | list else 9 =}),
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
