"""A later version of a pack, as its authors would publish it."""

import re
import shutil
from pathlib import Path

from scaffold.packs.catalog import templates_folder

BASE = "{=cookiecutter.project_slug=}"
# What it renames: a module that the user edited, a function that they call, a table of theirs.
MODULES = {
    "flask": ("app/headers.py", "app/security_headers.py"),
    "django": ("core/conflicts.py", "core/lost_races.py"),
}
FUNCTIONS = {
    "flask": ("set_security_headers", "add_security_headers"),
    "django": ("is_conflict", "is_lost_race"),
}
TABLES = ("tool.ruff.lint.per-file-ignores", "tool.ruff.lint.extend-per-file-ignores")
MIGRATION = """
[[move]]
from = "{old}"
to = "{new}"

[[definition]]
file = "{new}"
from = "{function}"
to = "{renamed}"

[[key]]
file = "pyproject.toml"
from = "{table}"
to = "{moved}"
"""


def function_of(pack: str, version: int) -> tuple[str, str]:
    """Return the module and the name of the renamed function, before (0) and afterwards (1)."""
    path = MODULES[pack][version]
    return path.removesuffix(".py").replace("/", "."), FUNCTIONS[pack][version]


def newer(name: str, folder: Path) -> Path:
    """Copy the pack with its shared layers into a folder, and change it; return the copy."""
    shutil.copytree(templates_folder(), folder / "templates")
    pack = folder / "templates" / name
    _replace(pack / "pack.toml", r'^version = ".*"$', 'version = "9.0.0"')
    (old, new), (function, renamed), (table, moved) = MODULES[name], FUNCTIONS[name], TABLES
    migrations = pack / "migrations"
    migrations.mkdir(exist_ok=True)
    names = {"old": old, "new": new, "function": function, "renamed": renamed}
    migrations.joinpath("9.0.0.toml").write_text(
        MIGRATION.format(**names, table=table, moved=moved)
    )
    (pack / BASE / old).rename(pack / BASE / new)
    modules = [function_of(name, version)[0] for version in (0, 1)]
    for place in pack.rglob("*.py"):
        text = place.read_text("utf-8").replace(*modules).replace(function, renamed)
        place.write_text(text, "utf-8")
    _replace(pack / BASE / "pyproject.toml", re.escape(table), moved)
    _change_flask(pack) if name == "flask" else _change_django(pack)
    return pack


def _change_flask(pack: Path) -> None:
    base = pack / BASE
    for path, old, new in [
        ("app/__init__.py", r"extensions, headers, logs", "extensions, logs, security_headers"),
        ("app/__init__.py", r"    headers\.init_app", "    security_headers.init_app"),
        ("app/security_headers.py", r"token_urlsafe\(16\)", "token_urlsafe(18)"),
        ("app/settings/base.py", r"timedelta\(days=14\)", "timedelta(days=7)"),
        (
            "app/blueprints/accounts/models.py",
            r"(    active: Mapped.*\n)",
            r'\1    locale: Mapped[str] = mapped_column(sa.String(10), server_default="en")\n',
        ),
    ]:
        _replace(base / path, old, new)
    _replace(base / "pyproject.toml", r'"headers", ', '"security_headers", ')


def _change_django(pack: Path) -> None:
    base = pack / BASE
    for path, old, new in [
        ("core/lost_races.py", r'"23503"', '"23503", "23001"'),
        ("config/settings/base.py", r"CONN_MAX_AGE\", default=60", 'CONN_MAX_AGE", default=30'),
        (
            "apps/accounts/models.py",
            r"(    date_joined = .*\n)",
            r'\1    locale = models.CharField(max_length=10, default="en")\n',
        ),
    ]:
        _replace(base / path, old, new)


def _replace(place: Path, old: str, new: str) -> None:
    text = place.read_text("utf-8")
    changed, times = re.subn(old, new, text, flags=re.MULTILINE)
    assert times, f"{place} has no {old}"
    place.write_text(changed, "utf-8")
