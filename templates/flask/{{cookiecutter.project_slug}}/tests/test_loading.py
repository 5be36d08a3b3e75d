"""The guard against N+1 queries works."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.core.db import db
from app.core.loading import NPlusOneError


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
