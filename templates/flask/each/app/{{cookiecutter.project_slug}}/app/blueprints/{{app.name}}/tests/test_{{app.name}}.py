"""{{ app.title }}: the tables and the queries written by hand."""

import pytest

# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.blueprints.{{ app.name }}.queries import totals
from app.core.samples import sample

MODELS = {
    # % for resource in app.resources
    "{{ resource.kebab }}": {{ resource.name }},
    # % endfor
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_row_has_a_label(model) -> None:
    row = sample(model)
    assert str(row)
    assert str(row.id) in repr(row)


def test_totals_take_one_query(queries) -> None:
    for model in MODELS.values():
        sample(model)
    with queries() as ran:
        found = totals()
    assert len(ran) == 1
    assert found.keys() == MODELS.keys()
    assert all(count > 0 for count in found.values())
