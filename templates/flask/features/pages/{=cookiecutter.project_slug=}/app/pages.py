"""The pages of every blueprint, and where they answer; `app.api` does the same for JSON."""

from flask import Flask

# % for app in cookiecutter._apps if app.resources
from app.blueprints.{= app.name =} import views as {= app.name =}
# % endfor


# % if cookiecutter._apps | map(attribute="resources") | sum(start=[])
def init_app(app: Flask) -> None:
    # % for app in cookiecutter._apps if app.resources
    app.register_blueprint({= app.name =}.blueprint, url_prefix="/{= app.kebab =}")
    # % endfor
# % else
def init_app(_app: Flask) -> None:
    """Register nothing: there is no blueprint with pages yet."""
# % endif
