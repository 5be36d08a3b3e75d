"""Migrations: two people at once, and what must not pass unseen."""

import shutil
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings

from core import migration_checks
from core.migration_checks import check_migrations, risks

ROOT = Path(__file__).resolve().parent.parent
SECOND = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.AddField("user", "{field}", models.TextField(default=""))]
"""


@pytest.fixture
def teammates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrations of `accounts` to which two people have each added one, from the same start."""
    folder = tmp_path / "teammates"
    shutil.copytree(ROOT / "apps/accounts/migrations", folder)
    for later in folder.glob("000[2-9]*.py"):
        later.unlink()
    for name in ("ada", "bob"):
        (folder / f"0002_{name}.py").write_text(SECOND.format(field=name), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.mark.django_db
def test_two_people_add_a_migration_at_once(teammates: Path) -> None:
    with override_settings(MIGRATION_MODULES={"accounts": "teammates"}):
        assert set(MigrationLoader(None).detect_conflicts()) == {"accounts"}
        with pytest.raises(CommandError, match="0002_ada, 0002_bob in accounts"):
            call_command("makemigrations", "--check", "--dry-run")
        call_command("makemigrations", "--merge", "--noinput", stdout=StringIO())
        assert list(teammates.glob("0003_*.py"))
        assert not MigrationLoader(None).detect_conflicts()


def test_the_migrations_of_this_project_are_safe_or_reviewed() -> None:
    assert not check_migrations(None)


def test_what_must_not_pass_unseen() -> None:
    first = migration(
        "0001_first",
        migrations.CreateModel("Row", [("id", models.AutoField(primary_key=True)), *COLUMNS]),
    )
    state = first.mutate_state(ProjectState())
    for operation, risk in DANGEROUS:
        assert [text.partition(":")[0] for text in risks(migration("0002", operation), state)] == [
            risk
        ]
    for operation in HARMLESS:
        assert not list(risks(migration("0002", operation), state))


def test_who_has_thought_about_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    first = migration("0001_first", migrations.CreateModel("Row", COLUMNS), initial=True)
    second = migration("0002_second", DANGEROUS[0][0])
    nodes = {("accounts", one.name): one for one in (first, second)}
    graph = SimpleNamespace(
        nodes=nodes, leaf_nodes=lambda: [0], forwards_plan=lambda leaf: list(nodes)
    )
    monkeypatch.setattr(
        migration_checks, "MigrationLoader", lambda *args, **options: SimpleNamespace(graph=graph)
    )
    assert [error.id for error in check_migrations(None)] == ["core.E004"]
    second.reviewed = "nobody has used it since March"  # type: ignore[attr-defined]  # ours alone
    assert not check_migrations(None)


def migration(name: str, *operations: Any, initial: bool = False) -> migrations.Migration:
    values = {"operations": list(operations), "initial": initial}
    made: migrations.Migration = type(name, (migrations.Migration,), values)(name, "accounts")
    return made


COLUMNS: list[tuple[str, Any]] = [
    ("name", models.CharField(max_length=20, null=True)),
    ("text", models.TextField()),
]
NARROW = "fails or locks where rows do not fit"
DANGEROUS: list[tuple[Any, str]] = [
    (migrations.RemoveField("row", "text"), "loses data"),
    (migrations.DeleteModel("Row"), "loses data"),
    (
        migrations.RenameField("row", "text", "body"),
        "breaks the code that still runs while it is deployed",
    ),
    (
        migrations.AddIndex("row", models.Index(fields=["name"], name="row_name")),
        "locks the table while the index is built",
    ),
    (migrations.RunSQL("SELECT 1"), "cannot be undone"),
    (migrations.AlterField("row", "text", models.CharField(max_length=9)), NARROW),
    (migrations.AlterField("row", "name", models.CharField(max_length=20)), NARROW),
    (migrations.AlterField("row", "name", models.CharField(max_length=9, null=True)), NARROW),
    (
        migrations.AlterField(
            "row", "name", models.CharField(max_length=20, null=True, unique=True)
        ),
        NARROW,
    ),
]
HARMLESS: list[Any] = [
    migrations.AddField("row", "more", models.TextField(default="")),
    migrations.AlterField("row", "name", models.CharField(max_length=90, null=True)),
    migrations.RunSQL("SELECT 1", migrations.RunSQL.noop),
]
