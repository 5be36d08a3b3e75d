"""The declarative base of every model, and the session."""

import datetime as dt
from inspect import iscoroutinefunction
from typing import Any, ClassVar

import sqlalchemy as sa
from flask import has_request_context, request
from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.columns import UtcDateTime, utc_now
from app.core.loading import GuardedSession


class Base(DeclarativeBase):
    """Every model has an `id`, two timestamps and constraints with stable names."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: UtcDateTime()}
    __owner__: ClassVar[str | None] = None  # the relationship to the user who may write a row

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now, sort_order=1)
    updated_at: Mapped[dt.datetime] = mapped_column(default=utc_now, onupdate=utc_now, sort_order=1)

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.id}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite without its asynchronous half."""

    def init_app(self, app: App) -> None:
        """Bind the application's engines; tie one session to each request."""
        super().init_app(app)
        # Closing async sessions starts an event loop for every request, and there are none.
        app.teardown_appcontext_funcs[:] = [
            hook for hook in app.teardown_appcontext_funcs if not iscoroutinefunction(hook)
        ]


db = Database(session_options={"class_": GuardedSession})


@event.listens_for(sa.Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Enforce foreign keys on SQLite and hand it real transactions (so savepoints work).

    Its write-ahead log lets readers and a writer go on beside each other.
    """
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(sa.Engine, "begin")
def _begin_on_sqlite(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        # SQLite refuses to make a reader a writer while another one writes: say it at once.
        writes = has_request_context() and request.method not in {"GET", "HEAD", "OPTIONS"}
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
