"""The blueprints that every application has, and where they answer."""

from flask import Flask

from app.blueprints.accounts import security
from app.blueprints.health import views as health
from app.blueprints.home import views as home
# % for item in cookiecutter._slots.blueprints
from app.blueprints.{= item.key =} import views as {= item.key =}
# % endfor


def init_app(app: Flask) -> None:
    security.init_app(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(home.blueprint)
    # % for item in cookiecutter._slots.blueprints
    app.register_blueprint({= item.key =}.blueprint, url_prefix="{= item.prefix =}")
    # % endfor
