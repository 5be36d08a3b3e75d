"""Commands of accounts: `flask accounts …`."""

import sys

import click
from flask.cli import AppGroup

from app.blueprints.accounts import services

command = AppGroup("accounts", help="Users.")


def _asked() -> str:
    """Ask in a terminal, twice; read a line where there is none."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    if password := sys.stdin.readline().rstrip("\r\n"):
        return password
    raise click.ClickException("There is no password: set PASSWORD, or run this in a terminal.")


@command.command("create-user")
@click.argument("email")
@click.option("--name", default="", help="What others see.")
@click.option("--staff", is_flag=True, help="Let the user into the admin.")
@click.option("--password", envvar="PASSWORD", help="Seen by whoever lists processes.")
def create_user(email: str, password: str | None, name: str, *, staff: bool) -> None:
    """Create a user; the password is asked for, or taken from PASSWORD or standard input."""
    try:
        user = services.create_user(email, password or _asked(), name=name, is_staff=staff)
    except services.AccountError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} may sign in now.")
