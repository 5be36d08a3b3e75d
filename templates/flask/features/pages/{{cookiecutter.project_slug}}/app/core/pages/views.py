"""Class-based pages: name a model, get list, detail, create, edit and delete."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.core.auth import Account, current_user, refuse, to_login
from app.core.db import Base, db
from app.core.fields import Field, fields
from app.core.forms import RecordForm
from app.core.pages.cells import cell
from app.core.permissions import Policy, owner_key
from app.core.records import ConflictError, InvalidError, delete, save
from app.core.search import matches

ModelT = TypeVar("ModelT", bound=Base)
PAGE_SIZE = 20
COLUMNS = 5  # beside the name


class ResourcePages(Generic[ModelT]):
    """The pages of one model. Set the attributes, override a method where needed."""

    model: type[ModelT]
    policy: ClassVar[Policy] = Policy()
    label: ClassVar[str]
    label_plural: ClassVar[str]
    name_field: ClassVar[str | None] = None  # the field that a row is called by
    columns: ClassVar[Sequence[str]] = ()  # of the list; by default the first short ones

    def select(self) -> sa.Select[ModelT]:
        """The rows that can be seen; override to show people only some."""
        return sa.select(self.model)

    def list(self) -> ResponseReturnValue:
        """A page of rows, found by search."""
        term = request.args.get("search", "").replace("\0", "")
        statement = self.select()
        if term:
            statement = statement.where(matches(self.model, term))
        counted = statement.with_only_columns(sa.func.count(), maintain_column_froms=True)
        pages = max(-(-(db.session.scalar(counted) or 0) // PAGE_SIZE), 1)
        number = self._page_number(pages)
        ordered = statement.order_by(self.model.id)
        rows = db.session.scalars(ordered.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
        user = current_user()
        return render_template(
            "resources/resource_list.html",
            pages=self,
            columns=self._columns(),
            rows=rows.all(),
            search=term,
            searchable=any(field.searchable for field in fields(self.model)),
            number=number,
            last=pages,
            may_create=user is not None and self.policy.may_create(self.model, user),
        )

    def detail(self, pk: int) -> ResponseReturnValue:
        """One row."""
        record, user = self._find(pk), current_user()
        may_change = user is not None and self.policy.may_change(record, user)
        return render_template(
            "resources/resource_detail.html",
            pages=self,
            record=record,
            fields=fields(self.model),
            may_change=may_change,
        )

    def new(self) -> ResponseReturnValue:
        """The form of a new row."""
        user = current_user()
        if user is None:
            return to_login()
        if not self.policy.may_create(self.model, user):
            refuse()
        return self._form(None, user)

    def edit(self, pk: int) -> ResponseReturnValue:
        """The form of a stored row."""
        user = current_user()
        if user is None:
            return to_login()
        return self._form(self._changeable(pk, user), user)

    def delete(self, pk: int) -> ResponseReturnValue:
        """Ask, then delete."""
        user = current_user()
        if user is None:
            return to_login()
        record, problem = self._changeable(pk, user), ""
        if request.method == "POST":
            label = str(record)
            try:
                delete(record)
            except ConflictError:
                record, problem = self._find(pk), "Other rows still need this one."
            else:
                flash(f"{label} is deleted.", "success")
                return redirect(url_for(self.endpoint("list")))
        page = "resources/resource_confirm_delete.html"
        status = 409 if problem else 200
        return render_template(page, pages=self, record=record, problem=problem), status

    @classmethod
    def mount(cls, blueprint: Blueprint, path: str) -> None:
        """Add the pages to a blueprint."""
        pages, member = cls(), f"{path}<int(max={2**31 - 1}):pk>/"
        both = ["GET", "POST"]
        add, name = blueprint.add_url_rule, pages._name
        add(path, f"{name}_list", pages.list)
        add(f"{path}new/", f"{name}_new", pages.new, methods=both)
        add(member, f"{name}_detail", pages.detail)
        add(f"{member}edit/", f"{name}_edit", pages.edit, methods=both)
        add(f"{member}delete/", f"{name}_delete", pages.delete, methods=both)

    def endpoint(self, action: str) -> str:
        """The name of a page, for `url_for`."""
        return f"{request.blueprint}.{self._name}_{action}"

    def show(self, record: ModelT, field: Field) -> str:
        """The value of a field as text for people."""
        return cell(record, field)

    @property
    def heading(self) -> str:
        """What stands above the links to the rows."""
        names = [f.label for f in fields(self.model) if f.name == self.name_field]
        return names[0] if names else self.label

    @property
    def _name(self) -> str:
        return str(self.model.__tablename__)

    def _columns(self) -> Sequence[Field]:
        known = {field.name: field for field in fields(self.model)}
        if self.columns:
            return [known[name] for name in self.columns]
        long = (sa.Text, sa.JSON)
        short = [f for f in known.values() if not isinstance(f.column.type, long)]
        return [f for f in short if f.name != self.name_field][:COLUMNS]

    def _page_number(self, last: int) -> int:
        given = request.args.get("page", "1")
        digits = given.isascii() and given.isdigit() and len(given) < len(str(last)) + 1
        if not digits or not 1 <= int(given) <= last:
            raise NotFound("There is no such page.")
        return int(given)

    def _find(self, pk: int) -> ModelT:
        record = db.session.scalars(self.select().where(self.model.id == pk)).one_or_none()
        if record is None:
            raise NotFound
        return record

    def _changeable(self, pk: int, user: Account) -> ModelT:
        record = self._find(pk)
        if not self.policy.may_change(record, user):
            refuse()
        return record

    def _form(self, record: ModelT | None, user: Account) -> ResponseReturnValue:
        form = RecordForm(self.model, record, request.form if request.method == "POST" else None)
        if request.method == "POST" and form.validate():
            saved = self._save(form, record, user)
            if saved is not None:
                flash(f"{saved} is saved.", "success")
                return redirect(url_for(self.endpoint("detail"), pk=saved.id))
        page = "resources/resource_form.html"
        status = 422 if request.method == "POST" else 200
        return render_template(page, pages=self, form=form, record=record), status

    def _save(self, form: RecordForm, record: ModelT | None, user: Account) -> ModelT | None:
        target, values, key = record or self.model(), form.values(), owner_key(self.model)
        if record is None and key:
            values[key] = user.id
        try:
            save(target, values)
        except InvalidError as error:
            db.session.rollback()
            form.add_error(error.field.name, error.message)
        except ConflictError as error:
            form.form_errors.append(str(error))
        else:
            return target
        return None
