"""The front page."""

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Welcome people and show them what there is."""
    return render_template("home/index.html")
