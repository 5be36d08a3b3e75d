"""What the pages of every resource must do; a blueprint's tests name theirs."""

import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from flask import url_for

from app.core.db import db
from app.core.fields import fields
from app.core.pages import ResourcePages, views
from app.core.permissions import owner_key
from app.core.records import delete
from app.core.samples import next_number, sample
from app.discovery import blueprint_of
from tests.rows import FEW, MANY, own_rows, rows_with_few_and_many, taken_together


class Form(HTMLParser):
    """Reads what a browser would send back for a page's form, unchanged."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.name = self.text = ""
        self.feed(page.split('<main id="main"')[1].split('method="post"')[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.sent.setdefault(name, []).append(value)
        elif tag in {"select", "textarea"}:
            self.name, self.text = name, ""
        elif tag == "option" and "selected" in found:
            self.sent.setdefault(self.name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self.name] = [self.text.removeprefix("\r\n").removeprefix("\n")]


class PagesCases:
    """Subclass it with a `pages`; override what your own rules make different.

    `given` are the values that a row needs to be seen, where not everybody sees all.
    """

    pages: ClassVar[type[ResourcePages[Any]]]
    given: ClassVar[Mapping[str, Any]] = {}

    @property
    def model(self) -> Any:
        return self.pages.model

    @cached_property
    def mounted(self) -> ResourcePages[Any]:
        return self.pages()

    def test_every_row_has_a_name_to_click_on(self, app) -> None:
        blank = [f for f in fields(self.model) if f.name == self.pages.name_field]
        empty: dict[str, Any] = {f.key: "" for f in blank if not (f.required or f.column.unique)}
        assert str(sample(self.model, **{**self.given, **empty}))

    @pytest.fixture
    def path(self, app) -> str:
        """Where the list is."""
        blueprint = blueprint_of(self.model)
        with app.test_request_context():
            return url_for(f"{blueprint}.{self.model.__tablename__}_list")

    @pytest.fixture
    def row(self):
        """A stored row."""
        return sample(self.model, **self.given)

    def values(self, row) -> dict[str, Any]:
        """The values of a row, without what changes by itself."""
        db.session.refresh(row)
        return {field.name: getattr(row, field.name) for field in fields(self.model)}

    def test_the_list_takes_as_many_queries_for_few_rows_as_for_many(
        self, client, path, queries, monkeypatch
    ) -> None:
        counts = []
        for wanted in (FEW, MANY):
            made = own_rows(self.model, wanted, **self.given)
            monkeypatch.setattr(views, "PAGE_SIZE", made)
            with queries() as ran:
                page = client.get(path)
            assert len(re.findall(r'<th scope="row">', page.text)) == made
            counts.append(len(ran))
        assert len(set(counts)) == 1, counts

    def test_a_row_takes_as_many_queries_with_few_rows_behind_it_as_with_many(
        self, client, path, queries
    ) -> None:
        numbers = rows_with_few_and_many(self.model, **self.given)
        counts = []
        for number in numbers:
            with queries() as ran:
                assert client.get(f"{path}{number}/").status_code == 200
            counts.append(len(ran))
        assert len(set(counts)) == min(len(numbers), 1), counts

    def test_pages_follow_each_other(self, client, path) -> None:
        assert f"No {self.pages.label_plural.lower()} yet." in client.get(path).text
        more = own_rows(self.model, 21, **self.given) > 20
        assert ('rel="next"' in client.get(path).text) is more
        assert client.get(path, query_string={"page": 2}).status_code == (200 if more else 404)
        for wrong in ("0", "x", "9" * 30):
            assert client.get(path, query_string={"page": wrong}).status_code == 404

    def test_search_finds(self, client, path, row) -> None:
        words = [getattr(row, field.name) for field in self.mounted.shown() if field.searchable]
        assert ('<label for="search">' in client.get(path).text) is bool(words)
        for word in filter(None, words):
            page = client.get(path, query_string={"search": word})
            assert f"{path}{row.id}/" in page.text
        page = client.get(path, query_string={"search": "no%<such"})
        assert "Nothing found for “no%&lt;such”" in page.text

    def test_the_detail_shows_every_field(self, client, path, row) -> None:
        page = client.get(f"{path}{row.id}/")
        for field in self.mounted.shown():
            assert f"<dt>{field.label}</dt>" in page.text
        assert f"{path}{row.id}/edit/" not in page.text
        assert client.get(f"{path}{next_number(self.model)}/").status_code == 404

    def test_saving_without_a_change_changes_nothing(self, staff_client, path, row) -> None:
        before = self.values(row)
        page = staff_client.get(f"{path}{row.id}/edit/")
        answer = staff_client.post(f"{path}{row.id}/edit/", data=Form(page.text).sent)
        assert answer.location == f"{path}{row.id}/", unescape(answer.text)
        assert self.values(row) == before

    def test_a_row_is_made_by_its_form_and_deleted(self, staff_client, path, row) -> None:
        page = staff_client.get(f"{path}{row.id}/edit/")
        delete(row)
        answer = staff_client.post(f"{path}new/", data=Form(page.text).sent)
        assert answer.status_code == 302, unescape(answer.text)
        where = answer.location
        assert staff_client.get(where).status_code == 200
        assert staff_client.get(f"{where}delete/").status_code == 200
        assert staff_client.post(f"{where}delete/").location == path
        assert staff_client.get(where).status_code == 404

    def test_a_wrong_form_comes_back_with_its_errors(self, staff_client, path, row) -> None:
        sent = {field.name: "\0" for field in self.mounted.inputs() if not field.many}
        answer = staff_client.post(f"{path}{row.id}/edit/", data=sent)
        always = all(isinstance(field.column.type, sa.Boolean) for field in self.mounted.inputs())
        assert answer.status_code == (302 if always else 422)
        assert always or 'class="errors"' in answer.text

    def test_a_taken_value_comes_back(self, staff_client, path, row) -> None:
        page = staff_client.get(f"{path}{row.id}/edit/")
        answer = staff_client.post(f"{path}new/", data=Form(page.text).sent)
        asked = self.mounted.inputs()
        unique = any(field.column.unique for field in asked)
        refused = unique or taken_together(row, asked)
        assert answer.status_code == (422 if refused else 302)
        said = "is taken" if unique else "conflicts with other data"
        assert not refused or said in answer.text

    def test_who_may_write(self, client, user, user_client, path, row) -> None:
        key = owner_key(self.model)
        for action in ("edit", "delete"):
            where = f"{path}{row.id}/{action}/"
            assert client.get(where).location.startswith("/accounts/login/?next=")
            assert user_client.get(where).status_code == 403
        assert client.post(f"{path}new/").status_code == 302
        assert user_client.get(f"{path}new/").status_code == (200 if key else 403)
        if key:
            setattr(row, key, user.id)
            db.session.commit()
            assert user_client.get(f"{path}{row.id}/edit/").status_code == 200
            assert f"{path}{row.id}/edit/" in user_client.get(f"{path}{row.id}/").text
