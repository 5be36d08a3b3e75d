"""Form fields that WTForms lacks."""

import datetime as dt
import json
import uuid
from typing import Any

from wtforms import (
    DateTimeLocalField,
    DecimalField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from app.core.formats import is_storable


class LongTextField(TextAreaField):
    """Many lines; browsers send them with carriage returns."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text with plain line ends."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n")


class ExactField(DecimalField):
    """An exact number, of however many digits."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:f}"


class MomentField(DateTimeLocalField):
    """A moment in UTC, to the microsecond."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.replace(tzinfo=None).isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what a browser sends, with or without seconds."""
        if not valuelist or not valuelist[0]:
            self.data = None
            return
        try:
            moment = dt.datetime.fromisoformat(valuelist[0])
            self.data = moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.data = None
            raise ValueError("This is not a date and time.") from None


class TimeOfDayField(StringField):
    """A time of day."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what a browser sends, with or without seconds."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                moment = dt.time.fromisoformat(valuelist[0])
            except ValueError:
                raise ValueError("This is not a time.") from None
            if moment.tzinfo:
                raise ValueError("A time of day has no time zone.")
            self.data = moment


class UuidField(StringField):
    """A UUID."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a UUID in any of its spellings."""
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = uuid.UUID(valuelist[0])
            except ValueError:
                raise ValueError("This is not a UUID.") from None


class JsonField(TextAreaField):
    """Any JSON."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else json.dumps(self.data, ensure_ascii=False, indent=2)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read JSON; nothing is null."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = json.loads(valuelist[0])
            except (ValueError, RecursionError):
                raise ValueError("This is not JSON.") from None


class MaybeField(SelectField):
    """Yes, no or unknown."""

    CHOICES = (("", "unknown"), ("true", "yes"), ("false", "no"))

    def __init__(self, label: str, **kwargs: Any) -> None:
        choices = [SelectChoice(value, text) for value, text in self.CHOICES]
        super().__init__(label, choices=choices, coerce=_maybe, **kwargs)


def _maybe(value: Any) -> bool | None:
    return {"true": True, "True": True, "false": False, "False": False}.get(str(value))


def storable(_form: Any, field: Any) -> None:
    """Refuse what no database keeps."""
    if not is_storable(field.data):
        raise ValidationError("This holds characters or numbers that cannot be kept.")
