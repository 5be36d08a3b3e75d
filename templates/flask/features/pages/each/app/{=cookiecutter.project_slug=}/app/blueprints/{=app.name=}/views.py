{%% from "names.jinja" import class, var, article with context %%}
"""The pages of {= app.title | lower =}."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user, roles_required

from app.blueprints.accounts.models import STAFF
from app.blueprints.{= app.name =} import choices, forms, models, services
# % for resource in app.resources
# % for field in resource.filters
# % if field.target and field.target.app not in (app.name, "accounts")
from app.blueprints.{= field.target.app =} import choices as {= field.target.app =}_choices
# % endif
# % endfor
# % endfor
from app.extensions import db
from app.forms import as_results, is_yes, or_none

blueprint = Blueprint("{= app.name =}", __name__, template_folder="templates")
# % for resource in app.resources
# % set name = resource.name
# % set row = var(resource)
# % set id = resource.snake ~ "_id"
# % set owned = resource.access in ("owner", "private")
# % set who = ", current_user" if resource.access != "staff" else ""
# % set seen = ", current_user" if resource.private else ""
# % set folder = app.name ~ "/" ~ resource.snake
# % set selects = resource.filters | selectattr("target") | rejectattr("target.app", "equalto", "accounts") | list
# % set lists = resource.children | selectattr("resource.app", "equalto", app.name) | list
# % set parents = resource.inputs | selectattr("type", "equalto", "ref") | selectattr("on_delete", "equalto", "cascade") | list


@blueprint.get("/{= resource.kebab =}/")
# % if resource.private
@auth_required("session")
# % endif
def {= resource.snake =}_list() -> str:
    # % for field in resource.filters if field.target
    # % set key = field.key[:-1] if field.type == "m2m" else field.attribute
    # % set camel = field.attribute_camel[:-1] if field.type == "m2m" else field.attribute_camel
    {= key =} = request.args.get("{= camel =}", type=int)
    # % endfor
    page = services.list_{= resource.plural =}(
        # % if resource.private
        current_user,
        # % endif
        page=request.args.get("page", 1, type=int),
        # % if resource.searched
        search=request.args.get("search", ""),
        # % endif
        ordering=request.args.getlist("ordering"),
        # % for field in resource.filters
        # % if field.type == "enum"
        {= field.name =}=request.args.get("{= field.camel =}", type=models.{= name =}{= field.class_name =}),
        # % elif field.type == "bool"
        {= field.name =}=request.args.get("{= field.camel =}", type=or_none(is_yes)),
        # % else
        # % set key = field.key[:-1] if field.type == "m2m" else field.attribute
        {= key =}={= key =},
        # % endif
        # % endfor
    )
    return render_template(
        "{= folder =}_list.html",
        page=page,
        # % for field in resource.filters
        # % if field.type == "enum"
        {= field.name =}_choices=models.{= name =}{= field.class_name =},
        # % elif field in selects
        # % set key = field.key[:-1] if field.type == "m2m" else field.attribute
        {= field.name =}_choices={= field.target.app ~ "_" if field.target.app != app.name =}choices.offer_{= field.target.plural =}({= "current_user, " if field.target.private =}chosen=[{= key =}]),
        # % endif
        # % endfor
    )


# % if resource.reverses
@blueprint.get("/{= resource.kebab =}/choices/")
# % if resource.private
@auth_required("session")
# % endif
def {= resource.snake =}_choices() -> dict[str, Any]:
    """Answer the search of a form that refers to {= resource.label_plural =}."""
    return as_results(choices.offer_{= resource.plural =}({= "current_user, " if resource.private =}request.args.get("search", "")))


# % endif
@blueprint.get("/{= resource.kebab =}/<int:{= id =}>/")
# % if resource.private
@auth_required("session")
# % endif
def {= resource.snake =}_detail({= id =}: int) -> str:
    {= row =} = services.get_{= resource.snake =}({= id =}{= seen =})
    return render_template(
        "{= folder =}_detail.html",
        {= row =}={= row =},
        # % if resource.access == "owner"
        may_change=services.may_change_{= resource.snake =}(current_user, {= row =}),
        # % endif
        # % for end in lists
        {= end.name =}=services.list_{= end.resource.plural =}({= "current_user, " if end.resource.private =}{= end.field.attribute =}={= id =}, page_size=100),
        # % endfor
    )


@blueprint.route("/{= resource.kebab =}/new/", methods=["GET", "POST"])
@auth_required("session")
# % if resource.access == "staff"
@roles_required(STAFF)
# % endif
def {= resource.snake =}_create() -> ResponseReturnValue:
    form = forms.{= name =}Form({%% for field in parents %%}{= field.attribute =}=request.args.get("{= field.attribute_camel =}", type=int), {%% endfor %%})
    if form.validate_on_submit():
        {= row =} = services.save_{= resource.snake =}(models.{= name =}({= "%s=current_user.id" % resource.owner.attribute if owned =}), form.row_values())
        db.session.commit()
        flash("The {= resource.label =} was created.", "success")
        return redirect(url_for(".{= resource.snake =}_detail", {= id =}={= row =}.id))
    return render_template("{= folder =}_form.html", form=form), 422 if form.errors else 200


@blueprint.route("/{= resource.kebab =}/<int:{= id =}>/edit/", methods=["GET", "POST"])
@auth_required("session")
# % if resource.access == "staff"
@roles_required(STAFF)
# % endif
def {= resource.snake =}_edit({= id =}: int) -> ResponseReturnValue:
    {= row =} = services.get_{= resource.snake =}_to_change({= id =}{= who =})
    form = forms.{= name =}Form({= row =})
    if form.validate_on_submit():
        services.save_{= resource.snake =}({= row =}, form.row_values())
        db.session.commit()
        flash("The {= resource.label =} was changed.", "success")
        return redirect(url_for(".{= resource.snake =}_detail", {= id =}={= row =}.id))
    status = 422 if form.errors else 200
    return render_template("{= folder =}_form.html", form=form, {= row =}={= row =}), status


@blueprint.route("/{= resource.kebab =}/<int:{= id =}>/delete/", methods=["GET", "POST"])
@auth_required("session")
# % if resource.access == "staff"
@roles_required(STAFF)
# % endif
def {= resource.snake =}_delete({= id =}: int) -> ResponseReturnValue:
    {= row =} = services.get_{= resource.snake =}_to_change({= id =}{= who =})
    if request.method == "POST":
        services.delete_{= resource.snake =}({= row =})
        db.session.commit()
        flash("The {= resource.label =} was deleted.", "success")
        return redirect(url_for(".{= resource.snake =}_list"))
    return render_template("{= folder =}_delete.html", {= row =}={= row =})
# % endfor
# % if app.chooses_users


@blueprint.get("/users/choices/")
@auth_required("session")
def user_choices() -> dict[str, Any]:
    """Answer the search of a form that refers to people."""
    return as_results(choices.offer_users(request.args.get("search", "")))
# % endif
