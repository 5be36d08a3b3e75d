"""The guard that turns an N+1 into an error."""

import logging

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

log = logging.getLogger(__name__)


class NPlusOneError(RuntimeError):
    """The same relationship was lazily loaded for several rows, one query each."""


class GuardedSession(Session):
    """The application's session; a plain `Session` is not watched."""


@event.listens_for(GuardedSession, "do_orm_execute")
def _guard(state: ORMExecuteState) -> None:
    """Raise (or log) when one session lazily loads a relationship for a second row."""
    if not state.is_select or state.lazy_loaded_from is None:
        return
    mode = current_app.config["LAZY_LOADING"] if current_app else "off"
    if mode == "off":
        return
    link = getattr(state.loader_strategy_path, "prop", None)
    if link is None or link.lazy not in {"select", True}:  # eager ones reload one by one
        return
    owners = state.session.info.setdefault("lazy_loads", {}).setdefault(link, set())
    owners.add(state.lazy_loaded_from.key)
    if len(owners) > 1:
        message = (
            f"N+1: {link} was loaded one row at a time. Declare lazy='joined' or 'selectin' on "
            "the relationship, or add .options(selectinload(...)) to the query."
        )
        if mode == "raise":
            raise NPlusOneError(message)
        log.warning(message)
