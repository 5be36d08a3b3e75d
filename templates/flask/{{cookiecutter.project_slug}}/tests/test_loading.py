"""Rows bring along what they refer to, and the guard against N+1 queries works."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.core.db import Base, db
from app.core.fields import fields
from app.core.loading import NPlusOneError
from app.core.samples import capacity
from tests.rows import FEW, MANY, own_rows

MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=str)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__tablename__))
def test_many_rows_and_what_they_refer_to_take_as_many_queries_as_few(model, queries) -> None:
    links = {field: field.target for field in fields(model) if field.target}
    counts = []
    for wanted in (FEW, MANY):
        made = own_rows(model, wanted)
        with queries() as ran:
            rows = list(db.session.scalars(sa.select(model).order_by(model.id).limit(made)))
            behind = {link: [getattr(row, link.name) for row in rows] for link in links}
        counts.append(len(ran))
        assert len(rows) == made
        for link, target in links.items():
            found = behind[link]
            own = {item for value in found for item in (value if link.many else [value]) if item}
            # in a circle of tables the first row, and those behind the first few, lead to nobody
            assert len(own) >= min(made - FEW, capacity(target)) - 1, link.name
    assert len(set(counts)) == 1, counts


class Scratch(DeclarativeBase):
    """Models that no table of the project belongs to."""


class Author(Scratch):
    __tablename__ = "scratch_author"
    id: Mapped[int] = mapped_column(primary_key=True)


class Book(Scratch):
    __tablename__ = "scratch_book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("scratch_author.id"))
    author: Mapped[Author] = relationship()


@pytest.fixture
def books(app) -> list[Book]:
    Scratch.metadata.create_all(db.session.connection())
    db.session.add_all([Book(author=Author()), Book(author=Author())])
    db.session.commit()
    db.session.expunge_all()
    return list(db.session.scalars(sa.select(Book)))


def test_one_row_may_load_lazily(books) -> None:
    assert books[0].author


def test_a_second_row_raises(books) -> None:
    with pytest.raises(NPlusOneError, match=r"Book\.author"):
        [book.author for book in books]


def test_or_is_logged_or_ignored(app, books, monkeypatch, caplog) -> None:
    monkeypatch.setitem(app.config, "LAZY_LOADING", "log")
    assert all(book.author for book in books)
    assert "Book.author" in caplog.text
