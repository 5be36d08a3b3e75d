"""Databases for tests, on a server where there is one."""

import sqlalchemy as sa


def create_database(url: str, *, anew: bool = False) -> None:
    """Make sure that a database exists; SQLite needs no help."""
    wanted = sa.make_url(url)
    if wanted.get_backend_name() == "sqlite":
        return
    server = sa.create_engine(wanted.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        if anew:
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{wanted.database}" WITH (FORCE)'))
        known = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        if not connection.scalar(known, {"name": wanted.database}):
            connection.execute(sa.text(f'CREATE DATABASE "{wanted.database}"'))
    server.dispose()
