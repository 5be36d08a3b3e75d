"""The commands of `flask`: people and demo data."""

import secrets

import click
from flask import current_app

from app.blueprints.accounts import services
from app.extensions import db, security
# % for app in cookiecutter._apps
from app.blueprints.{= app.name =} import seeds as {= app.name =}
# % endfor

PEOPLE = {"ada": "Ada Lindqvist", "grace": "Grace Campbell", "lee": "Lee Okafor"}


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


@click.command("seed")
@click.option("--password", default=lambda: secrets.token_urlsafe(9), help="Of all of them.")
def seed(password: str) -> None:
    """Fill an empty database with demo data."""
    if not current_app.debug:
        raise click.ClickException("Demo data is for development: set FLASK_DEBUG=1.")
    if security.datastore.find_user(email="staff@example.com"):
        click.echo("The demo data is there already; the first run printed the password.")
        return
    services.create_user(email="staff@example.com", name="Sam Staff", password=password, staff=True)
    # % if cookiecutter._apps
    people = [
        services.create_user(email=f"{first}@example.com", name=name, password=password)
        for first, name in PEOPLE.items()
    ]
    # % else
    for first, name in PEOPLE.items():
        services.create_user(email=f"{first}@example.com", name=name, password=password)
    # % endif
    # % for app in cookiecutter._apps
    click.echo(f"{= app.title =}: {{= app.name =}.seed(people)}")
    # % endfor
    db.session.commit()
    click.echo(f"Log in as staff@example.com or ada@example.com with the password {password}")
