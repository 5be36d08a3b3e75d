"""The pages of accounts: login and logout."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.accounts.forms import LoginForm
from app.blueprints.accounts.services import authenticate
from app.core.auth import safe_target, sign_in, sign_out
from app.core.limits import limit_logins

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts", template_folder="templates")


@blueprint.route("/login/", methods=["GET", "POST"])
@limit_logins
def login() -> ResponseReturnValue:
    """Sign in, then go where the visitor wanted to."""
    form = LoginForm()
    if form.validate_on_submit():
        user = authenticate(form.email.data or "", form.password.data or "")
        if user:
            sign_in(user)
            return redirect(safe_target(request.args.get("next"), url_for("home.index")))
        form.form_errors.append("E-mail address or password is wrong.")
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/login.html", form=form), status


@blueprint.post("/logout/")
def logout() -> ResponseReturnValue:
    """End the session."""
    sign_out()
    flash("You are logged out.", "info")
    return redirect(url_for("home.index"))
