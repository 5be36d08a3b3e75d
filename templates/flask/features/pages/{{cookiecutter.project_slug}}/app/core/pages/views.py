"""Class-based pages: name a model, get list, detail, create, edit and delete."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.core.auth import Account, current_user, refuse, to_login
from app.core.db import db
from app.core.fields import Field
from app.core.forms import RecordForm
from app.core.pages.cells import cell
from app.core.records import ConflictError, InvalidError
from app.core.rules import ModelT, Rules

PAGE_SIZE = 20
COLUMNS = 5  # beside the name


class ResourcePages(Rules[ModelT]):
    """The pages of one model. Set the attributes, override a method where needed."""

    form_class: ClassVar[type[RecordForm]] = RecordForm
    label: ClassVar[str]  # by default the model's name
    label_plural: ClassVar[str]  # by default the label with an s
    name_field: ClassVar[str | None] = None  # the field that a row is called by
    columns: ClassVar[Sequence[str]] = ()  # of the list; by default the first short ones

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if model := getattr(cls, "model", None):
            words = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).capitalize()
            cls.label = getattr(cls, "label", words)
            cls.label_plural = getattr(cls, "label_plural", f"{cls.label}s")

    def list(self) -> ResponseReturnValue:
        """A page of rows, found by search."""
        term = request.args.get("search", "").replace("\0", "")
        statement = self.select()
        if term:
            statement = statement.where(self.search(term))
        counted = statement.with_only_columns(sa.func.count(), maintain_column_froms=True)
        pages = max(-(-(db.session.scalar(counted) or 0) // PAGE_SIZE), 1)
        number = self._page_number(pages)
        ordered = statement.order_by(self.model.id)
        rows = db.session.scalars(ordered.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
        user = current_user()
        return self._render(
            "list",
            columns=self._columns(),
            rows=rows.all(),
            search=term,
            searchable=any(field.searchable for field in self.shown()),
            number=number,
            last=pages,
            may_create=user is not None and self.policy.may_create(self.model, user),
        )

    def detail(self, pk: int) -> ResponseReturnValue:
        """One row."""
        record, user = self.find(pk), current_user()
        may_change = user is not None and self.policy.may_change(record, user)
        return self._render("detail", record=record, fields=self.shown(), may_change=may_change)

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
                self.remove(record)
            except ConflictError as error:
                record, problem = self.find(pk), str(error)
            else:
                flash(f"{label} is deleted.", "success")
                return redirect(url_for(self.endpoint("list")))
        shown = self._render("confirm_delete", record=record, problem=problem)
        return shown, 409 if problem else 200

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
        names = [f.label for f in self.shown() if f.name == self.name_field]
        return names[0] if names else self.label

    def _render(self, action: str, **values: Any) -> str:
        """Show a template: the blueprint's own, where it has one of this name, or the general."""
        own = f"{request.blueprint}/{self._name}_{action}.html"
        return render_template([own, f"resources/resource_{action}.html"], pages=self, **values)

    @property
    def _name(self) -> str:
        return str(self.model.__tablename__)

    def _columns(self) -> Sequence[Field]:
        known = {field.name: field for field in self.shown()}
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

    def _changeable(self, pk: int, user: Account) -> ModelT:
        record = self.find(pk)
        if not self.policy.may_change(record, user):
            refuse()
        return record

    def _form(self, record: ModelT | None, user: Account) -> ResponseReturnValue:
        sent = request.form if request.method == "POST" else None
        form = self.form_class(self.inputs(), record, sent)
        if request.method == "POST" and form.validate():
            saved = self._save(form, record, user)
            if saved is not None:
                flash(f"{saved} is saved.", "success")
                return redirect(url_for(self.endpoint("detail"), pk=saved.id))
        shown = self._render("form", form=form, record=record)
        return shown, 422 if request.method == "POST" else 200

    def _save(self, form: RecordForm, record: ModelT | None, user: Account) -> ModelT | None:
        try:
            if record is None:
                return self.create(form.values(), user)
            self.update(record, form.values())
        except InvalidError as error:
            db.session.rollback()
            form.add_error(error.field.name, error.message)
        except ConflictError as error:
            form.form_errors.append(str(error))
        else:
            return record
        return None
