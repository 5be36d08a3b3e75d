"""A pytest plugin: where a setting names PostgreSQL, tests run in a database of their own."""

import os

import psycopg
import pytest
from dotenv import dotenv_values
from psycopg import sql
from sqlalchemy import make_url

SETTINGS = dotenv_values(".env") | os.environ
NAMED = SETTINGS.get("TEST_DATABASE_URL") or SETTINGS.get("DATABASE_URL") or ""
SERVER = make_url(NAMED) if NAMED.startswith("postgresql") else None
OWN = f"test_{SERVER.database}" if SERVER else ""
if SERVER:  # at once: the conftest reads it before pytest calls `pytest_configure`
    own = SERVER.set(database=OWN)
    os.environ["TEST_DATABASE_URL"] = own.render_as_string(hide_password=False)


def execute(statement):
    address = SERVER.set(drivername="postgresql", database="postgres")
    with psycopg.connect(
        address.render_as_string(hide_password=False), autocommit=True, connect_timeout=5
    ) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(OWN)))


def pytest_configure():
    if SERVER:
        try:
            execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            execute("CREATE DATABASE {}")
        except psycopg.Error as error:
            pytest.exit(f"The tests need a database that they cannot make: {error}", 1)


def pytest_unconfigure():
    if SERVER:
        execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def pytest_report_header():
    return f"database: {f'PostgreSQL, {OWN}' if SERVER else 'SQLite in memory'}"
