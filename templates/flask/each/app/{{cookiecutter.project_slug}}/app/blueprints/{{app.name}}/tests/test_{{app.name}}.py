"""{{ app.title }}: the tables and the queries written by hand."""

import pytest

# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.blueprints.{{ app.name }}.queries import totals
from app.core import records
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
# % for resource in app.resources
# % for field in resource.fields if field.type == "slug" and field.unique and not field.required and resource.slug_source


def test_a_{{ field.name }}_that_another_{{ resource.snake }}_has_just_taken_is_made_anew(monkeypatch) -> None:
    taken = sample({{ resource.name }}).{{ field.name }}
    monkeypatch.setattr(records, "_free_slug", lambda *_: taken)
    made = sample({{ resource.name }}).{{ field.name }}
    assert made
    assert made != taken
# % endfor
# % for field in resource.refs if field.target == resource


def test_a_{{ resource.snake }}_may_be_its_own_{{ field.name }}() -> None:
    row = sample({{ resource.name }})
    for _ in range(2):
        records.save(row, {"{{ field.attribute }}": row.id})
        assert row.{{ field.name }} is row
# % endfor
# % endfor
