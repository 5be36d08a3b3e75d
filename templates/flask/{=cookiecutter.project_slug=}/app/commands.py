"""The commands of `flask`; `app.seeds` has another."""

import click
from flask import current_app

from app.blueprints.accounts import services
from app.extensions import db, security


@click.command("create-user")
@click.argument("email")
@click.option("--name", default="")
@click.option("--staff", is_flag=True, help="May edit everything and open the admin.")
@click.password_option()
def create_user(email: str, name: str, staff: bool, password: str) -> None:
    """Create a user, such as the first member of staff."""
    try:
        email = security.mail_util.validate(email)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if security.datastore.find_user(case_insensitive=True, email=email):
        raise click.ClickException(f"There is a user {email} already.")
    if len(password) < (least := current_app.config["SECURITY_PASSWORD_LENGTH_MIN"]):
        raise click.ClickException(f"A password has at least {least} characters.")
    services.create_user(email=email, name=name, password=password, staff=staff)
    db.session.commit()
