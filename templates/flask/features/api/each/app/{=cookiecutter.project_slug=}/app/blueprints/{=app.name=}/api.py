{%% from "names.jinja" import class, var, article with context %%}
"""The JSON API of {= app.title | lower =}."""

from typing import Any

from flask import request, url_for
from flask.views import MethodView
from flask_security import auth_required, current_user, roles_required

from app.blueprints.accounts.models import STAFF
from app.blueprints.{= app.name =} import schemas, services
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
# % endfor
from app.extensions import db
from app.pagination import Paginated
from app.schemas import Blueprint

blueprint = Blueprint("{= app.kebab =}-api", __name__, description={= app.title | tojson =})
# % for resource in app.resources
# % set name = resource.name
# % set prefix = class({"name": resource.name, "app": resource.app}, {"name": ""}) | trim
# % set row = var(resource)
# % set id = resource.snake ~ "_id"
# % set a = article(resource)
# % set owned = resource.access in ("owner", "private")
# % set who = ", current_user" if resource.access != "staff" else ""
# % set seen = ", current_user" if resource.private else ""
# % set schema = "schemas." ~ prefix ~ "Schema"


@blueprint.route("/{= resource.kebab =}/")
class {= name =}List(MethodView):
    # % if resource.private
    @auth_required("token", "session")
    # % endif
    @blueprint.arguments(schemas.{= prefix =}QuerySchema(), location="query", error_status_code=400)
    @blueprint.response(200, schemas.{= prefix =}PageSchema)
    def get(self, query: dict[str, Any]) -> Paginated[{= name =}]:
        """List {= resource.label_plural =}."""
        return services.list_{= resource.plural =}({= "current_user, " if resource.private =}**query)

    @auth_required("token", "session")
    # % if resource.access == "staff"
    @roles_required(STAFF)
    # % endif
    @blueprint.arguments({= schema =}())
    @blueprint.response(201, {= schema =})
    def post(self, values: dict[str, Any]) -> tuple[{= name =}, dict[str, str]]:
        """Create {= a =} {= resource.label =}{= "; whoever asks is its %s" % resource.owner.label if owned =}."""
        {= row =} = services.save_{= resource.snake =}({= name =}({= "%s=current_user.id" % resource.owner.attribute if owned =}), values)
        db.session.commit()
        return {= row =}, {"Location": url_for(".{= name =}Detail", {= id =}={= row =}.id)}


@blueprint.route("/{= resource.kebab =}/<int:{= id =}>/")
class {= name =}Detail(MethodView):
    # % if resource.private
    @auth_required("token", "session")
    # % endif
    @blueprint.etag
    @blueprint.response(200, {= schema =})
    def get(self, {= id =}: int) -> {= name =}:
        """Read {= a =} {= resource.label =}."""
        return services.get_{= resource.snake =}({= id =}{= seen =})

    # % for method, input, what in [("put", schema ~ "()", "Replace %s %s" % (a, resource.label)), ("patch", schema ~ "(partial=True)", "Change parts of %s %s" % (a, resource.label))]
    @auth_required("token", "session")
    # % if resource.access == "staff"
    @roles_required(STAFF)
    # % endif
    @blueprint.arguments({= input =})
    @blueprint.response(200, {= schema =})
    def {= method =}(self, values: dict[str, Any], {= id =}: int) -> {= name =}:
        """{= what =}."""
        {= row =} = services.save_{= resource.snake =}(get_{= resource.snake =}_to_change({= id =}), values)
        db.session.commit()
        return {= row =}

    # % endfor
    @auth_required("token", "session")
    # % if resource.access == "staff"
    @roles_required(STAFF)
    # % endif
    @blueprint.response(204)
    def delete(self, {= id =}: int) -> None:
        """Delete {= a =} {= resource.label =}."""
        services.delete_{= resource.snake =}(get_{= resource.snake =}_to_change({= id =}))
        db.session.commit()


def get_{= resource.snake =}_to_change({= id =}: int) -> {= name =}:
    """Return the {= resource.label =}, if a client that sends `If-Match` has seen its present state."""
    {= row =} = services.get_{= resource.snake =}_to_change({= id =}{= who =})
    if request.if_match:
        blueprint.check_etag({= row =}, {= schema =})
    return {= row =}
# % endfor
