"""Column types that behave the same on every database."""

import datetime as dt
from decimal import Context, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.types import TypeDecorator, TypeEngine

WIDE = Context(prec=1000)  # Python's own stops at 28 digits; PostgreSQL has as many as are declared
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def utc_now() -> dt.datetime:
    """The present moment, aware of its time zone."""
    return dt.datetime.now(dt.UTC)


class UtcText(DATETIME):
    """How SQLite keeps a moment: text without a zone, read as UTC."""

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Make the function that reads a value."""

        def read(text: str | None) -> dt.datetime | None:
            return None if text is None else dt.datetime.fromisoformat(f"{text}+00:00")

        return read


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment, in UTC. SQLite forgets time zones, so it is given and read as UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """Let SQLite read in one step."""
        if dialect.name == "sqlite":
            return UtcText()  # type: ignore[no-untyped-call]  # so in SQLAlchemy
        return sa.DateTime(timezone=True)

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> Any:
        """Refuse a naive moment: nobody could say which one is meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        """Answer in UTC."""
        moment: dt.datetime | None = value
        if moment is None or moment.tzinfo is dt.UTC:
            return moment
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number. SQLite has floats only: there 15 digits are exact."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, digits: int, places: int) -> None:
        super().__init__(digits, places)
        self.digits = digits
        self.places = places

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """Let SQLite work with floats without a warning for each statement."""
        if dialect.name == "sqlite":
            return sa.Numeric(self.digits, self.places, asdecimal=False)
        return sa.Numeric(self.digits, self.places)

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        """Give SQLite a float."""
        return float(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """Answer with the declared number of places."""
        if value is None:
            return None
        return self.exact(Decimal(str(value)))

    def exact(self, value: Decimal) -> Decimal:
        """A number with the declared places, of however many digits."""
        return value.quantize(Decimal(1).scaleb(-self.places), context=WIDE)
