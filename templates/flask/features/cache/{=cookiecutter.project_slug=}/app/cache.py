"""What is kept because it is expensive to compute."""

from flask import Flask
from flask_caching import Cache
from sqlalchemy import func, select

from app.database import Base
from app.extensions import db

cache = Cache()


@cache.cached(key_prefix="row-counts")
def row_counts() -> dict[str, int]:
    """Return the number of rows of every model."""
    models = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda m: m.__name__)
    query = select(*(select(func.count()).select_from(m).scalar_subquery() for m in models))
    names = (model.__tablename__.replace("_", " ").capitalize() for model in models)
    return dict(zip(names, db.session.execute(query).one(), strict=True))


def init_app(app: Flask) -> None:
    cache.init_app(app)
    app.jinja_env.globals["row_counts"] = row_counts
