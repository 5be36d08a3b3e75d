"""Commands of accounts: `flask accounts …`."""

import click
from flask.cli import AppGroup

from app.blueprints.accounts import services

command = AppGroup("accounts", help="Users.")


@command.command("create-user")
@click.argument("email")
@click.option("--name", default="", help="What others see.")
@click.option("--staff", is_flag=True, help="Let the user into the admin.")
@click.password_option(envvar="PASSWORD")
def create_user(email: str, password: str, name: str, *, staff: bool) -> None:
    """Create a user; the password is asked for, or taken from PASSWORD."""
    try:
        user = services.create_user(email, password, name=name, is_staff=staff)
    except services.AccountError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} may sign in now.")
