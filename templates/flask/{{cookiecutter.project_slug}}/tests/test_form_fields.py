"""Form fields that WTForms lacks."""

import datetime as dt
import uuid

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.core.form_fields import (
    JsonField,
    LongTextField,
    MaybeField,
    MomentField,
    TimeOfDayField,
    UuidField,
)

NOON = dt.datetime(2026, 1, 2, 12, 0, 1, tzinfo=dt.UTC)


def sent(field, text: str):
    form = BaseForm({"it": field})
    form.process(MultiDict({"it": text}))
    return form, form["it"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (MomentField(), "2026-01-02T12:00:01", NOON),
        (MomentField(), "2026-01-02T14:00:01+02:00", NOON),
        (MomentField(), "", None),
        (TimeOfDayField(), "12:30", dt.time(12, 30)),
        (UuidField(), "0" * 31 + "1", uuid.UUID(int=1)),
        (JsonField(), '{"a": [1]}', {"a": [1]}),
        (JsonField(), " ", None),
        (LongTextField(), "a\r\nb", "a\nb"),
        (MaybeField("it"), "true", True),
        (MaybeField("it"), "", None),
    ],
)
def test_fields_read_what_browsers_send(field, text, value) -> None:
    form, found = sent(field, text)
    assert form.validate(), form.errors
    assert found.data == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (MomentField(), "soon"),
        (MomentField(), "0001-01-01T00:00:00+14:00"),
        (TimeOfDayField(), "noon"),
        (TimeOfDayField(), "12:00+01:00"),
        (UuidField(), "x"),
        (JsonField(), "{"),
        (JsonField(), "[" * 100_000),
    ],
)
def test_fields_refuse_and_show_again(field, text) -> None:
    form, found = sent(field, text)
    assert not form.validate()
    assert text in str(found())
