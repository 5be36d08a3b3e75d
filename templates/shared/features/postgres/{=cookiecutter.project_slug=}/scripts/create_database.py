"""Make the role and the database that DATABASE_URL names, and write the address to `.env`.

Uses a PostgreSQL server that is running, or starts the one in compose.yaml.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
ENV_FILE = ROOT / ".env"
LINE = re.compile(r"^DATABASE_URL=(.*)$", re.MULTILINE)
DEFAULT = "postgresql://{= cookiecutter.project_slug =}:{= cookiecutter.project_slug =}@localhost:5432/{= cookiecutter.project_slug =}"

HELP = """No PostgreSQL server can be used to make {url}.
Start one, or let its administrator make role and database:
    sudo -u postgres createuser --createdb --pwprompt NAME
    sudo -u postgres createdb --owner NAME NAME
and write DATABASE_URL to .env. ADMIN_DATABASE_URL may name an administrator instead."""


def read_url() -> str:
    """Return the address of the database: from the environment, from `.env`, or the default."""
    line = LINE.search(ENV_FILE.read_text("utf-8")) if ENV_FILE.exists() else None
    url = os.environ.get("DATABASE_URL") or (line and line[1].strip().strip("'\"")) or DEFAULT
    return re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", url)


def write_url(url: str) -> None:
    text = ENV_FILE.read_text("utf-8") if ENV_FILE.exists() else ""
    if not LINE.search(text):
        text = f"{text}DATABASE_URL=\n"
    ENV_FILE.write_text(LINE.sub(lambda _: f"DATABASE_URL={url}", text), "utf-8")


def connect(*addresses: str) -> psycopg.Connection | None:
    """Return a connection to the first address that answers."""
    for address in addresses:
        try:
            return psycopg.connect(address, autocommit=True, connect_timeout=3)
        except psycopg.OperationalError:
            continue
    return None


def connect_as_administrator(url: str) -> psycopg.Connection | None:
    """Connect as somebody who may make databases: the usual ways on a developer's machine."""
    parts = urlsplit(url)
    server = f"{parts.hostname}:{parts.port or 5432}"
    given = os.environ.get("ADMIN_DATABASE_URL")
    return connect(
        *([given] if given else []),
        f"postgresql://postgres:postgres@{server}/postgres",
        f"postgresql://postgres@{server}/postgres",
        f"postgresql://{server}/postgres",
        f"postgresql:///postgres?port={parts.port or 5432}",
        f"postgresql:///postgres?user=postgres&port={parts.port or 5432}",
    )


def create(server: psycopg.Connection, url: str) -> None:
    """Make the role, which may make databases for tests, and its database."""
    parts = urlsplit(url)
    role, password = unquote(parts.username or ""), unquote(parts.password or "")
    database = unquote(parts.path.lstrip("/"))
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    statement = "ALTER ROLE {} LOGIN CREATEDB PASSWORD {}" if known else "CREATE ROLE {} LOGIN CREATEDB PASSWORD {}"
    server.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(database), sql.Identifier(role)
            )
        )


def start_service() -> bool:
    """Start the service `postgres` of compose.yaml, where there is one."""
    compose = ["docker", "compose", "--project-directory", str(ROOT)]
    if not (ROOT / "compose.yaml").exists() or not shutil.which("docker"):
        return False
    if subprocess.run([*compose, "ps"], capture_output=True, check=False).returncode:  # noqa: S603
        return False
    command = [*compose, "up", "--detach", "--wait", "postgres"]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603


def main() -> None:
    url = read_url()
    if not url.startswith("postgresql:"):
        sys.exit("DATABASE_URL names no PostgreSQL database: empty it in .env and try again.")
    if not connect(url):
        if server := connect_as_administrator(url):
            create(server, url)
        elif url != DEFAULT or not start_service():
            sys.exit(HELP.format(url=url))
        if not connect(url):
            sys.exit("The database was made, but its address does not work. Check pg_hba.conf.")
    write_url(url)
    sys.stdout.write("The database is ready, and DATABASE_URL stands in .env. Next: make migrate\n")


if __name__ == "__main__":
    main()
