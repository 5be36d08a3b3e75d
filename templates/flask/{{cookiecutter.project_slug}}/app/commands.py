"""Commands of the whole project: `flask check-migrations`, `flask seed`."""

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.core.migrations import explained, problems
from app.discovery import modules


@click.command("check-migrations")
@with_appcontext
def check_migrations() -> None:
    """Fail when migrations have several heads or miss a change of the models."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with explained():
        found = problems(engine)
    engine.dispose()
    if found:
        raise click.ClickException("\n".join(found))
    click.echo("Migrations are linear and complete.")


@click.command()
@click.option("--force", is_flag=True, help="In production, too.")
@with_appcontext
def seed(*, force: bool) -> None:
    """Fill the database with demo data; run again, it changes nothing."""
    if not (current_app.debug or force):
        raise click.ClickException(
            "seed makes accounts whose password everybody knows; outside debug it needs --force"
        )
    for name, module in modules("seeds").items():
        click.echo(f"{name}: {module.seed()} rows added")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(check_migrations)
    app.cli.add_command(seed)
