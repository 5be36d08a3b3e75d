"""The pages of registration."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import (
    AccountError,
    create_user,
    find_user,
    is_password,
    rename,
    set_password,
)
from app.blueprints.registration import forms
from app.blueprints.registration.services import send_reset, user_of_reset
from app.core.auth import current_user, login_required, sign_in
from app.core.limits import WAIT, is_refused, limiter, login_rate
from app.core.navigation import NavigationEntry
from app.core.page_form import PageForm

blueprint = Blueprint("registration", __name__, url_prefix="/accounts", template_folder="templates")
FOR_VISITORS = (
    NavigationEntry("Sign up", "registration.sign_up", setting="SIGNUP_ENABLED"),
    NavigationEntry("Forgot your password?", "registration.reset_password"),
)
FOR_MEMBERS = (NavigationEntry("Profile", "registration.edit_profile"),)


def signup_rate() -> str:
    """How often one address may open accounts or ask for mail."""
    return f"{current_app.config['SIGNUP_LIMIT']} per hour"


def own_user() -> User | None:
    """Who is signed in."""
    account = current_user()
    return find_user(account.email) if account else None


def own_account() -> str:
    """Whose old password is asked for; who took over a session shall not guess it."""
    user = current_user()
    return str(user.id) if user else ""


limit = limiter.shared_limit(
    signup_rate, scope="registration", methods=["POST"], error_message=WAIT
)
limit_guesses = limiter.shared_limit(
    login_rate,
    scope="old password",
    key_func=own_account,
    methods=["POST"],
    deduct_when=is_refused,
    error_message=WAIT,
)


@blueprint.route("/signup/", methods=["GET", "POST"])
@limit
def sign_up() -> ResponseReturnValue:
    """Open an account and sign in."""
    if not current_app.config["SIGNUP_ENABLED"]:
        raise NotFound
    form = forms.SignUpForm()
    if form.validate_on_submit():
        try:
            sign_in(create_user(form.email.data, form.password.data, name=form.name.data))
        except AccountError as error:
            form.form_errors.append(str(error))
        else:
            flash("Welcome.", "success")
            return redirect(url_for("home.index"))
    return page("Sign up", form, button="Sign up")


@blueprint.route("/profile/", methods=["GET", "POST"])
@login_required
def edit_profile() -> ResponseReturnValue:
    """Change the name that others see."""
    user = own_user()
    form = forms.ProfileForm(obj=user)
    if user and form.validate_on_submit():
        rename(user, form.name.data)
        flash("Your profile is changed.", "success")
        return redirect(url_for("home.index"))
    return page("Profile", form, button="Save", template="profile")


@blueprint.route("/password/change/", methods=["GET", "POST"])
@login_required
@limit_guesses
def change_password() -> ResponseReturnValue:
    """Change the password; other sessions end, this one goes on."""
    user, form = own_user(), forms.PasswordChangeForm()
    if user and form.validate_on_submit():
        if not is_password(user, form.old_password.data):
            form.form_errors.append("The old password is wrong.")
        elif give_password(user, form):
            sign_in(user)
            flash("Your password is changed.", "success")
            return redirect(url_for("home.index"))
    return page("Change password", form, button="Change password")


@blueprint.route("/password/reset/", methods=["GET", "POST"])
@limit
def reset_password() -> ResponseReturnValue:
    """Send a link to choose a new password."""
    form = forms.PasswordResetForm()
    if form.validate_on_submit():
        send_reset(form.email.data)
        flash("If there is an account with this address, a mail is on its way.", "info")
        return redirect(url_for("accounts.login"))
    return page("Forgot your password?", form, button="Send me a link")


# a redirect to the address with its last slash would write the token into the log
@blueprint.route("/password/reset/<token>/", methods=["GET", "POST"], strict_slashes=False)
@limit
def choose_password(token: str) -> ResponseReturnValue:
    """Choose a new password with the link of a mail."""
    user = user_of_reset(token)
    if user is None:
        raise NotFound(
            "This link has been used, or it is too old. Ask for another one where you log in."
        )
    form = forms.NewPasswordForm()
    if form.validate_on_submit() and give_password(user, form):
        flash("Your password is changed. Log in with it.", "success")
        return redirect(url_for("accounts.login"))
    return page("Choose a password", form, button="Set password")


def give_password(user: User, form: PageForm) -> bool:
    """Set the form's password, or say in the form what is wrong with it."""
    try:
        set_password(user, form.password.data)
    except AccountError as error:
        form.form_errors.append(str(error))
        return False
    return True


def page(
    title: str, form: PageForm, *, button: str, template: str = "form"
) -> ResponseReturnValue:
    """Show a form, with its errors where there are some."""
    status = 422 if form.is_submitted() else 200
    name = f"registration/{template}.html"
    return render_template(name, title=title, form=form, button=button), status
