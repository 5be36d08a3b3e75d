"""Flask-Admin with a view for every model, open to staff only."""

from datetime import datetime
from typing import Any, ClassVar

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import Admin, AdminIndexView
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import BaseForm
from flask_admin.helpers import is_safe_url
from flask_admin.menu import MenuLink
from flask_admin.model.typefmt import BASE_FORMATTERS
from flask_admin.theme import Bootstrap4Theme
from flask_security import current_user, url_for_security
from flask_wtf import FlaskForm
from sqlalchemy import String
from sqlalchemy.orm import Mapper

from app.blueprints.accounts.models import STAFF, User
from app.database import Base
from app.extensions import db
from app.headers import csp_nonce

{%% set hidden = namespace(names=[]) %%}
# % for app in cookiecutter._apps
# % for resource in app.resources
# % for field in resource.fields if field.hidden
{%% set hidden.names = hidden.names + ["%s.%s" % (resource.table, field.name)] %%}
# % endfor
# % endfor
# % endfor
SECRETS = ["password", "fs_uniquifier", "fs_token_uniquifier"]
READ_ONLY = ["created_at", "updated_at"]
# % if hidden.names
HIDDEN = {{%% for name in hidden.names %%}"{= name =}", {%% endfor %%}}  # seen here only, and not changed
# % endif


class StaffOnly:
    """Lets staff in, sends visitors to the login page, refuses everybody else."""

    extra_css = ("/static/admin.css",)

    def is_accessible(self) -> bool:
        return bool(current_user.has_role(STAFF))

    def inaccessible_callback(self, _name: str, **_details: Any) -> ResponseReturnValue:
        if current_user.is_authenticated:
            abort(403)
        return redirect(url_for_security("login", next=request.path))


class Home(StaffOnly, AdminIndexView):
    """The first page."""


class AdminForm(FlaskForm, BaseForm):
    """Flask-Admin's form with Flask-WTF's CSRF token."""


class ModelAdmin(StaffOnly, ModelView):
    """One model, with what can be read off its columns."""

    form_base_class = AdminForm
    column_exclude_list = SECRETS + READ_ONLY
    column_export_exclude_list = SECRETS
    column_type_formatters: ClassVar[dict[type, Any]] = BASE_FORMATTERS | {
        datetime: lambda _view, value, _name: value.strftime("%Y-%m-%d %H:%M"),
    }
    can_view_details = can_export = True

    def __init__(self, mapper: Mapper[Any]) -> None:
        self.column_searchable_list = searchable(mapper)
        links = mapper.relationships.items()
        # % if hidden.names
        table = mapper.class_.__tablename__
        hidden = [name for name in mapper.attrs.keys() if f"{table}.{name}" in HIDDEN]  # noqa: SIM118
        # % endif
        composite = [name for name, link in links if len(link.mapper.primary_key) > 1]
        unloaded = [name for name, link in links if link.lazy == "raise_on_sql"]
        self.form_excluded_columns = SECRETS + READ_ONLY + composite + unloaded{= " + hidden" if hidden.names =}
        self.column_details_exclude_list = SECRETS + unloaded
        self.form_ajax_refs = {  # looked up while typing: a form never loads a whole table
            name: {"fields": searchable(link.mapper) or ["id"], "page_size": 20}
            for name, link in links
            if name not in composite
        }
        blueprint = mapper.class_.__module__.split(".")[-2]  # app.blueprints.blog.models
        name = mapper.class_.__name__.lower()
        super().__init__(
            mapper.class_,
            db,
            category=blueprint.capitalize(),
            endpoint=f"admin_{blueprint}_{name}",
            url=f"/admin/{blueprint}/{name}",
        )
# % if "url" in cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="fields") | sum(start=[]) | map(attribute="name") | list
{= "" =}
    def get_save_return_url(self, _model: Any, is_created: bool = False) -> str:  # noqa: ARG002
        """Look for `url` in the address alone: in the form it is a field of a model."""
        target: str = request.args.get("url", "")
        index: str = self.get_url(".index_view")
        return target if target and is_safe_url(target) else index
# % endif


class UserAdmin(ModelAdmin):
    """People sign up themselves; `flask create-user` makes others."""

    can_create = False


VIEWS: dict[type[Base], type[ModelAdmin]] = {User: UserAdmin}  # every other: `ModelAdmin`


def searchable(mapper: Mapper[Any]) -> list[str]:
    texts = (name for name, column in mapper.columns.items() if type(column.type) is String)
    return [name for name in texts if name not in SECRETS]


def init_app(app: Flask) -> None:
    theme = Bootstrap4Theme(fluid=True)
    admin = Admin(app, index_view=Home(), theme=theme, csp_nonce_generator=csp_nonce)
    with app.app_context():
        for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.class_)):
            admin.add_view(VIEWS.get(mapper.class_, ModelAdmin)(mapper))
    admin.add_link(MenuLink("Back to the site", endpoint="home.index"))
