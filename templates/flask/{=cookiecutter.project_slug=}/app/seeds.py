"""Demo data for development: people, then the rows of every blueprint."""

import secrets

import click
from flask import current_app

from app.blueprints.accounts.services import create_user
# % for app in cookiecutter._apps
from app.blueprints.{= app.name =} import seeds as {= app.name =}
# % endfor
from app.extensions import db, security

PEOPLE = {"ada": "Ada Lindqvist", "grace": "Grace Campbell", "lee": "Lee Okafor"}


@click.command("seed")
@click.option("--password", default=lambda: secrets.token_urlsafe(9), help="Of all of them.")
def seed(password: str) -> None:
    """Fill an empty database with demo data."""
    if not current_app.debug:
        raise click.ClickException("Demo data is for development: set FLASK_DEBUG=1.")
    if security.datastore.find_user(email="staff@example.com"):
        click.echo("The demo data is there already; the first run printed the password.")
        return
    create_user(email="staff@example.com", name="Sam Staff", password=password, staff=True)
    # % if cookiecutter._apps
    people = [
        create_user(email=f"{first}@example.com", name=name, password=password)
        for first, name in PEOPLE.items()
    ]
    # % else
    for first, name in PEOPLE.items():
        create_user(email=f"{first}@example.com", name=name, password=password)
    # % endif
    # % for app in cookiecutter._apps
    click.echo(f"{= app.title =}: {{= app.name =}.seed(people)}")
    # % endfor
    db.session.commit()
    click.echo(f"Log in as staff@example.com or ada@example.com with the password {password}")
