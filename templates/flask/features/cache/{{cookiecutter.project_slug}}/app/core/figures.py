"""How many rows there are of each kind: counted once, then known until a row comes or goes.

Counting reads whole tables, so the numbers are kept. Whoever adds or deletes rows through the
session makes the cache forget them, once that is committed; `FIGURES_SECONDS` is the end of what
was counted in between, or is kept by another process for itself.
"""

from flask import current_app
from sqlalchemy import event, func, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.core.cache import cache
from app.core.db import Base, db
from app.core.loading import GuardedSession

KEY = "figures"


def figures() -> dict[str, int]:
    """The number of rows, by the name of their table."""
    known: dict[str, int] | None = cache.get(KEY)
    if known is None:
        known = count()
        cache.set(KEY, known, timeout=current_app.config["FIGURES_SECONDS"])
    return known


def count() -> dict[str, int]:
    """Count the rows of every model."""
    models = sorted(
        (mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__
    )
    return {
        model.__tablename__.replace("_", " ").capitalize(): db.session.scalar(
            select(func.count()).select_from(model)
        )
        or 0
        for model in models
    }


@event.listens_for(GuardedSession, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    if session.new or session.deleted:
        session.info["figures_changed"] = True


@event.listens_for(GuardedSession, "do_orm_execute")
def _note_many(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_delete:
        state.session.info["figures_changed"] = True


@event.listens_for(GuardedSession, "after_commit")
def _forget(session: Session) -> None:
    if session.info.pop("figures_changed", False) and current_app:
        cache.delete(KEY)


@event.listens_for(GuardedSession, "after_rollback")
def _undo(session: Session) -> None:
    session.info.pop("figures_changed", None)
