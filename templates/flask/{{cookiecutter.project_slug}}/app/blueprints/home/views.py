"""The front page."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Welcome people and show them what there is."""
    return render_template("home/index.html")


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """What browsers ask for on pages that name no icon."""
    icons = current_app.config["ICONS"]
    return redirect(url_for("static", filename=icons[0])) if icons else ("", 204)
