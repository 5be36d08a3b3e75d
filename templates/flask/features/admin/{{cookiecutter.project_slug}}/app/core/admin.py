"""How a model looks in the admin, read off the model; a blueprint's `admin.py` may subclass it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView
from flask_admin.actions import action
from flask_admin.contrib.sqla import ModelView
from flask_admin.contrib.sqla.ajax import QueryAjaxModelLoader
from flask_admin.contrib.sqla.filters import FilterConverter
from flask_admin.model.filters import convert
from flask_admin.model.typefmt import BASE_FORMATTERS, DETAIL_FORMATTERS
from flask_wtf import FlaskForm
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.interfaces import ONETOMANY
from werkzeug.exceptions import BadRequest
from wtforms.validators import ValidationError

from app.core.auth import current_user, safe_target, to_login
from app.core.columns import Exact, utc_now
from app.core.db import Base, db
from app.core.fields import AUTOMATIC, Field, fields, is_id, visible
from app.core.forms import form_field
from app.core.records import InvalidError, complete, refuse_duplicates

FILTERED = (sa.String, sa.Integer, sa.Boolean, sa.Date)


def label(row: Any) -> str:
    """What staff know a row by: its text, unless the model has a name for them alone."""
    return str(getattr(row, "staff_label", row))


def _show_row(_view: Any, row: Any, _name: str) -> str:
    return label(row)


def _show_rows(_view: Any, rows: Any, _name: str) -> str:
    return ", ".join(map(label, rows))


ROWS: dict[Any, Any] = {Base: _show_row, list: _show_rows}


class Lookup(QueryAjaxModelLoader):
    """How a reference is chosen by typing."""

    def format(self, model: Any) -> tuple[Any, str] | None:
        """The id and what staff read."""
        return (model.id, label(model)) if model else None


class InUtc:
    """Makes the moments that a filter asks for moments in UTC."""

    def clean(self, value: str) -> Any:
        """Read one moment, or two."""
        found = super().clean(value)  # type: ignore[misc]  # Flask-Admin's
        if isinstance(found, list):
            return [moment.replace(tzinfo=dt.UTC) for moment in found]
        return found.replace(tzinfo=dt.UTC) if isinstance(found, dt.datetime) else found


class Filters(FilterConverter):
    """The filters of a column, also of our own types."""

    moments = tuple(type(f.__name__, (InUtc, f), {}) for f in FilterConverter.datetime_filters)

    @convert("Exact", "UtcDateTime")  # type: ignore[untyped-decorator]  # Flask-Admin's
    def conv_ours(self, column: Any, name: str, **options: Any) -> list[Any]:
        """Those of a number, or of a moment."""
        makers = self.float_filters if isinstance(column.type, Exact) else self.moments
        return [make(column, name, **options) for make in makers]


class StaffOnly:
    """Lets staff in, sends visitors to the login, refuses everybody else."""

    def is_accessible(self) -> bool:
        """Ask for staff."""
        user = current_user()
        return user is not None and user.is_staff

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Refuse ways back to other sites, and values that the database refuses."""
        back = request.values.get("url")
        if back and not safe_target(back, ""):
            raise BadRequest("The way back leads elsewhere.")
        try:
            return super()._run_view(fn, *args, **kwargs)  # type: ignore[misc]  # Flask-Admin's
        except (DataError, OverflowError) as error:
            raise BadRequest("The database cannot take a value of this request.") from error

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:
        """Login or refusal."""
        return abort(403) if current_user() else to_login()


class AdminHome(StaffOnly, AdminIndexView):
    """The first page."""


class ModelAdmin(StaffOnly, ModelView):
    """The admin of one model. Set Flask-Admin's attributes to change what is read off the model."""

    model_class: ClassVar[type[Base]]
    form_base_class = FlaskForm  # brings the CSRF token along
    can_view_details = True
    page_size = 50
    column_type_formatters: ClassVar[dict[Any, Any]] = {**BASE_FORMATTERS, **ROWS}
    column_type_formatters_detail: ClassVar[dict[Any, Any]] = {**DETAIL_FORMATTERS, **ROWS}
    named_filter_urls = True
    filter_converter = Filters()
    form_excluded_columns: Collection[str] | None = None
    form_extra_fields: Mapping[str, Any] | None = None

    def __init__(self, model: type[Base], **names: Any) -> None:
        for name, value in self._defaults(model).items():
            if getattr(self, name) is None:  # so Flask-Admin has it; a subclass has set the others
                setattr(self, name, value)
        unwanted, extra = self.form_excluded_columns or (), self.form_extra_fields or {}
        self.form_excluded_columns = [*_left_out(model), *unwanted]
        made = {f.name: form_field(f) for f in _plain(model) if f.name not in unwanted}
        self.form_extra_fields = {**made, **extra}
        if any(field.hidden for field in fields(model)):
            self.can_create = False  # nobody can type a hash
        super().__init__(model, db, **names)

    def get_one(self, id: str) -> Any:
        """The row with an id; none for what is no id, or several."""
        return super().get_one(id) if str(id).isdecimal() else None

    def on_model_change(self, form: Any, model: Any, is_created: bool) -> None:
        """Keep the rules that pages and API keep."""
        with db.session.no_autoflush:
            changed: type[Base] = type(model)
            for field in fields(changed):
                if field.nullable and getattr(model, field.name) == "":
                    setattr(model, field.name, None)
            complete(model)
            if not is_created:
                model.updated_at = utc_now()  # also where only its references to many change
            try:
                refuse_duplicates(model)
            except InvalidError as error:
                raise ValidationError(error.message) from error

    def handle_view_exception(self, exc: Exception) -> bool:
        """Say what a refusal of the database means, not how it puts it."""
        if not isinstance(exc, IntegrityError):
            return bool(super().handle_view_exception(exc))
        flash("This conflicts with others: a value is taken, or other rows need this one.", "error")
        return True

    @action("delete", "Delete", "Delete the chosen rows?")  # type: ignore[untyped-decorator]  # Flask-Admin's
    def action_delete(self, ids: Sequence[str]) -> None:
        """Delete the chosen rows; PostgreSQL finds none where ids are text, as they are sent."""
        numbers = (int(pk) for pk in ids if pk.isascii() and pk.isdigit())
        super().action_delete(tuple(filter(is_id, numbers)))

    @staticmethod
    def _defaults(model: type[Base]) -> dict[str, Any]:
        shown = visible(model)
        plain = _plain(model)
        names = [field.name for field in shown]
        return {
            "column_list": ["id", *names],
            "column_details_list": ["id", *names, *AUTOMATIC[1:]],
            "column_sortable_list": ["id", *(f.name for f in plain if not _is_json(f))],
            "column_default_sort": "id",
            "column_searchable_list": [f.name for f in plain if f.searchable],
            "column_filters": [f.name for f in plain if isinstance(f.column.type, FILTERED)],
            "form_ajax_refs": {f.name: _lookup(f.name, f.target) for f in shown if f.target},
        }


def _plain(model: type[Base]) -> list[Field]:
    return [field for field in visible(model) if not field.target]


def _is_json(field: Field) -> bool:
    return isinstance(field.column.type, sa.JSON)


def _left_out(model: type[Base]) -> list[str]:
    """What Flask-Admin shall make no field of: columns have ours, other ends have none."""
    known = {field.name for field in fields(model)}
    links = sa.inspect(model).relationships
    ends = [link.key for link in links if link.direction is ONETOMANY or link.key not in known]
    return [*AUTOMATIC, *(field.name for field in fields(model) if not field.target), *ends]


def _lookup(name: str, target: type[Base]) -> Lookup:
    words = [field.name for field in visible(target) if field.searchable]
    options = {"page_size": 20, "order_by": "id", "placeholder": "Type to search …"}
    return Lookup(name, db, target, fields=words or ["id"], **options)
