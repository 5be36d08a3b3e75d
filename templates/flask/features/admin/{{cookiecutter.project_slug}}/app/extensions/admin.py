"""Flask-Admin with a view for every model of every blueprint."""

import secrets

from flask import Flask, Response, g, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme

from app.core.admin import AdminHome, ModelAdmin
from app.core.db import Base
from app.discovery import blueprint_of, modules

# Flask-Admin sets styles in its markup, and asks before a deletion in an `onclick`.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; script-src-attr 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def nonce() -> str:
    """What lets the scripts of this very page run."""
    if "admin_nonce" not in g:
        g.admin_nonce = secrets.token_urlsafe(16)
    return str(g.admin_nonce)


def special_views() -> dict[type[Base], type[ModelAdmin]]:
    """What the `admin.py` of each blueprint holds, by model."""
    return {
        view.model_class: view
        for module in modules("admin").values()
        for view in vars(module).values()
        if isinstance(view, type) and issubclass(view, ModelAdmin) and view is not ModelAdmin
    }


def init_app(app: Flask) -> None:
    """Add the admin, and the exceptions to the content policy that it needs."""
    name = f"{app.config['SITE_NAME']} admin"
    admin = Admin(
        app,
        name=name,
        index_view=AdminHome(name="Overview", template="admin/overview.html"),
        theme=Bootstrap4Theme(base_template="admin/frame.html"),
        csp_nonce_generator=nonce,
    )
    special = special_views()
    with app.app_context():
        for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__):
            _add(admin, mapper.class_, special.get(mapper.class_, ModelAdmin))

    @app.after_request
    def allow_admin(response: Response) -> Response:
        if request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce())
            if response.mimetype == "text/html":  # Flask-Admin names no language
                text = response.get_data(as_text=True)
                response.set_data(text.replace("<html>", '<html lang="en">', 1))
        return response


def _add(admin: Admin, model: type[Base], view: type[ModelAdmin]) -> None:
    place, table = blueprint_of(model), str(model.__tablename__)
    path = f"/admin/{place.replace('_', '-')}/{model.__name__.lower()}"
    category = place.replace("_", " ").capitalize()
    admin.add_view(view(model, category=category, endpoint=f"admin_{table}", url=path))
