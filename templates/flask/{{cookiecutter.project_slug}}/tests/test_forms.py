"""Forms, read off the model."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.blueprints.specimens.models import Kind, Thing
from app.core.columns import Exact
from app.core.fields import Field, inputs
from app.core.forms import RecordForm, form_field
from app.core.samples import sample


def as_sent(form: RecordForm) -> MultiDict[str, str]:
    """What a browser sends for a form nobody has touched."""
    sent: MultiDict[str, str] = MultiDict()
    for field in form:
        if field.type == "BooleanField":
            sent.setlist(field.name, ["y"] if field.data else [])
        elif hasattr(field, "iter_choices"):
            chosen = [choice.value for choice in field.iter_choices() if choice.selected]
            sent.setlist(field.name, [str(value) for value in chosen])
        else:
            sent[field.name] = field._value()
    return sent


def refused(name: str, text: str) -> str:
    """What is said of a value."""
    sent = as_sent(RecordForm(inputs(Thing), sample(Thing), None))
    sent[name] = text
    form = RecordForm(inputs(Thing), None, sent)
    assert not form.validate()
    assert list(form.errors) == [name]
    return form.errors[name][0]


def test_a_form_sent_back_changes_nothing() -> None:
    row = sample(Thing, open=True, seen=False, more={"a": [1]}, note=None)
    row.tags = [row.kind]
    form = RecordForm(inputs(Thing), None, as_sent(RecordForm(inputs(Thing), row, None)))
    assert form.validate(), form.errors
    for name, value in form.values().items():
        shown = [tag.id for tag in row.tags] if name == "tag_ids" else getattr(row, name)
        assert value == shown, name


def test_a_value_that_cannot_be_absent_is_asked_for() -> None:
    field = Field("stock", "stock", sa.Column(sa.Integer, default=5, nullable=False))
    form = BaseForm({"stock": form_field(field)})
    form.process(MultiDict({"stock": ""}))
    assert not form.validate()


def test_an_empty_form_names_what_it_needs() -> None:
    form = RecordForm(inputs(Kind), None, MultiDict({"name": " ", "colour": "green"}))
    assert not form.validate()
    assert set(form.errors) == {"name", "colour"}
    form.add_error("place", "It is taken.")
    assert form["place"].errors == ["It is taken."]
    form.add_error("elsewhere", "It is wrong.")
    assert form.form_errors == ["It is wrong."]
    assert RecordForm(inputs(Thing), None, None)["open"].data is False


def test_nothing_is_chosen_before_a_person_chooses() -> None:
    sample(Thing)
    form = RecordForm(inputs(Thing), None, None)
    chosen = [
        c.value for name in ("kind", "state") for c in form[name].iter_choices() if c.selected
    ]
    assert chosen == ["", ""]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("title", "", "required"),
        ("title", "  ", "blank"),
        ("title", "x" * 41, "longer"),
        ("title", "a\0", "cannot be kept"),
        ("slug", "a b", "valid slug"),
        ("mail", "ana", "valid email"),
        ("link", "ftp://example.com", "valid url"),
        ("number", str(2**31), "between"),
        ("price", str(Decimal(10**6)), "8 digits"),
        ("price", "NaN", "8 digits"),
        ("price", "1.005", "2 decimal places"),
        ("kind", "999", "valid choice"),
        ("kind", "", "required"),
        ("state", "", "required"),
        ("tags", "999", "valid choice"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, text: str, said: str) -> None:
    assert said in refused(name, text)


def test_long_numbers_keep_every_digit() -> None:
    column: sa.Column[Decimal] = sa.Column("price", Exact(30, 10), nullable=False)
    text = "12345678901234567890.1234567891"
    shown = BaseForm({"price": form_field(Field("price", "price", column))})
    shown.process(MultiDict({"price": text}))
    assert shown.validate(), shown.errors
    shown.process(None, data={"price": Decimal(text)})
    assert shown["price"]._value() == text


def test_a_type_without_a_form_field_is_named() -> None:
    column: sa.Column[bytes] = sa.Column("photo", sa.LargeBinary)
    with pytest.raises(TypeError, match=r"photo.*LargeBinary"):
        form_field(Field("photo", "photo", column))
