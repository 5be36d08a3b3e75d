"""After a merge: dependencies, and the database migration by the project's own tool."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.commands import finish, undo
from scaffold.commands.existing import open_project
from scaffold.errors import Exit
from scaffold.process import ProcessResult
from tests.tiny_pack import TinyPack

COMMANDS = {"migration": ["tool upgrade", "tool revision -m {message}"]}


class Tools:
    """Stands for uv and the project's own tool.

    Args:
        failing: words of commands that fail.
        migration: what a migration holds; by default its message.
        place: the directory of migrations.
    """

    def __init__(self) -> None:
        self.migration, self.place = "", "migrations"
        self.failing: set[str] = set()
        self.calls: list[list[str]] = []

    def __call__(
        self, command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None
    ) -> ProcessResult:
        words = [word for word in command[1:] if not word.startswith("--")]
        self.calls.append(words)
        if self.failing & set(words):
            return ProcessResult(1, "error: it cannot be done")
        if "sync" in words:
            (folder / "uv.lock").write_text("locked\n")
        if "revision" in words:
            assert "scratch.sqlite" in (variables or {})["DATABASE_URL"]
            place = folder / self.place / "0002.py"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.migration or f"# {words[-1]}\n")
        return ProcessResult(0)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    made = Tools()
    monkeypatch.setattr(finish.process, "run", _only_uv(made, finish.process.run))
    monkeypatch.setattr(finish.process, "uv", lambda: "uv")
    return made


def _only_uv(tools: Tools, real: object):  # type: ignore[no-untyped-def]
    def call(command, folder, *more):  # type: ignore[no-untyped-def]
        chosen = tools if command[0] == "uv" else real
        return chosen(command, folder, *more)

    return call


@pytest.fixture
def pack(tiny: TinyPack, work: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of a pack with a migration tool; the current directory is a project of it."""
    tiny.settings(_commands=COMMANDS)
    line = ["new", "acme", "-y", "-q", "--no-install", "--framework", str(tiny.root)]
    assert run([*line, "--app", "blog"]) == 0
    monkeypatch.chdir(work / "acme")
    return str(tiny.root)


def status() -> list[str]:
    done = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )
    return [line[3:] for line in done.stdout.splitlines()]


def test_the_migration_is_a_part_of_the_step(pack: str, tools: Tools) -> None:
    assert run(["add", "app", "orders", "--pack", pack]) == 0
    assert Path("migrations/0002.py").read_text("utf-8") == "# add app orders\n"
    assert tools.calls == [
        ["sync"],
        ["run", "tool", "upgrade"],
        ["run", "tool", "revision", "-m", "add app orders"],
        ["run", "ruff", "format", "migrations/0002.py"],
    ]
    assert run(["undo"]) == 0
    assert status() == []
    assert not Path("migrations").exists()


def test_a_migration_that_the_database_has_is_not_taken_away(
    pack: str,
    tools: Tools,
    tiny: TinyPack,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = {
        "migrate": "tool upgrade",
        "migrated": "tool current",
        "migrate_back": "tool back {app} {previous}",
    }
    tiny.settings(_commands={**COMMANDS, **own})
    manifest = 'label = "Tiny"\nversion = "1.2.3"\nseeded = ["*/migrations/*.py"]\n'
    tiny.write("pack.toml", manifest)
    monkeypatch.setattr(undo, "open_project", lambda root: open_project(root, pack))
    tools.place = "blog/migrations"
    assert run(["add", "app", "orders", "--pack", pack]) == 0
    assert "to apply blog/migrations/0002.py: uv run tool upgrade" in capsys.readouterr().err
    Path("blog/migrations/0001.py").write_text("# mine\n")
    before = status()
    assert run(["undo"]) == Exit.EXISTS
    said = capsys.readouterr().err
    assert "the database has the migration of add app orders; nothing was undone" in said
    assert "uv run tool back blog 0001; then type the same again" in said
    assert status() == before
    tools.failing = {"current"}
    later = Path("blog/migrations/0003.py")
    later.write_text("down_revision = '0002'\n")
    assert run(["undo"]) == Exit.EXISTS
    assert "blog/migrations/0003.py builds on the migration of add" in capsys.readouterr().err
    later.unlink()
    assert run(["undo"]) == 0
    assert status() == ["blog/migrations/0001.py"]


def test_tables_as_they_were_need_no_migration(pack: str, tools: Tools) -> None:
    tools.migration = 'def upgrade():\n    """Upgrade."""\n    pass\n\ndef downgrade():\n    pass\n'
    assert run(["add", "feature", "celery", "--pack", pack]) == 0
    assert tools.calls[-1] == ["run", "tool", "revision", "-m", "add feature celery"]
    assert not [path for path in status() if path.startswith("migrations")]


def test_a_new_name_needs_no_migration(pack: str, tools: Tools) -> None:
    assert run(["set", "name=Other", "--pack", pack]) == 0
    assert tools.calls == [["sync"]]


@pytest.mark.parametrize(
    ("failing", "said"),
    [
        (
            "sync",
            "uv sync && uv run tool upgrade && uv run tool revision -m 'add app orders'",
        ),
        ("upgrade", "  uv run tool upgrade && uv run tool revision -m 'add app orders'"),
    ],
)
def test_where_it_cannot_run_the_command_is_printed(
    pack: str, tools: Tools, capsys: pytest.CaptureFixture[str], failing: str, said: str
) -> None:
    tools.failing = {failing}
    assert run(["add", "app", "orders", "--pack", pack]) == Exit.NOT_RUN
    err = capsys.readouterr().err
    assert "it cannot be done" in err
    assert said in err
    assert Path("app/orders/order.py").exists()
    assert run(["undo"]) == 0
    assert status() == []


def test_who_types_a_command_can_answer_it(
    pack: str, tools: Tools, tiny: TinyPack, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.settings(_commands={"migration": ["tool revision --noinput"]})
    tools.failing = {"revision"}
    assert run(["add", "app", "orders", "--pack", pack]) == Exit.NOT_RUN
    assert "\n  uv run tool revision\n" in capsys.readouterr().err


def test_without_installing_the_commands_are_printed(
    pack: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["add", "app", "orders", "--no-install", "--pack", pack]) == 0
    assert tools.calls == []
    err = capsys.readouterr().err
    assert "  uv sync\n  uv run tool upgrade\n  uv run tool revision -m 'add app orders'\n" in err


def test_after_conflicts_nothing_is_run(
    pack: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("README.md").write_text("# Mine\n")
    assert run(["set", "name=Other", "--force", "--pack", pack]) == Exit.CONFLICTS
    assert tools.calls == []
    assert "scaffold undo --abort" in capsys.readouterr().err


def test_tables_are_dropped_only_when_told(
    pack: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["remove", "app", "blog", "--pack", pack, "--dry-run"]) == 0
    assert run(["remove", "app", "blog", "--pack", pack]) == 0
    assert tools.calls == [["sync"]]
    assert "--drop-tables" in capsys.readouterr().err
    assert run(["undo"]) == 0
    assert run(["remove", "app", "blog", "--drop-tables", "--pack", pack]) == 0
    assert ["run", "tool", "revision", "-m", "remove app blog"] in tools.calls


def test_a_check_that_fails_is_exit_7_and_the_change_stays(
    pack: str, tools: Tools, tiny: TinyPack, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.settings(_commands={**COMMANDS, "checks": ["tool lint", "tool boot"]})
    assert run(["add", "feature", "celery", "--pack", pack]) == 0
    assert tools.calls[-2:] == [["run", "tool", "lint"], ["run", "tool", "boot"]]
    assert "The quick checks of the project pass." in capsys.readouterr().err
    assert run(["undo"]) == 0
    tools.failing = {"boot"}
    assert run(["add", "app", "orders", "--pack", pack]) == Exit.UNVERIFIED
    said = capsys.readouterr().err
    assert "a check of the project fails: tool boot: it cannot be done" in said
    assert "the change stays; scaffold undo takes it back" in said
    assert "  uv run tool boot\n" in said
    assert Path("app/orders/order.py").exists()
    assert run(["undo"]) == 0
    assert status() == []


ALEMBIC = """
def upgrade():
    op.drop_table("orders_order")
    with op.batch_alter_table("blog_post") as batch_op:
        batch_op.drop_column("n")
def downgrade():
    op.drop_table("kept")
"""
DJANGO = """
class Migration(migrations.Migration):
    operations = [migrations.RemoveField(model_name="post", name="n")]
"""


@pytest.mark.parametrize(
    ("migration", "dropped"), [(ALEMBIC, "n, orders_order"), (DJANGO, "post.n")]
)
def test_a_migration_drops_nothing_unless_told(
    pack: str, tools: Tools, migration: str, dropped: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.migration = migration
    assert run(["add", "app", "orders", "--pack", pack]) == Exit.NOT_RUN
    said = capsys.readouterr().err
    assert f"no migration was written, because it would also drop {dropped}" in said
    assert "uv run tool revision" in said
    assert not Path("migrations").exists() or not list(Path("migrations").iterdir())
    assert run(["undo"]) == 0
    assert status() == []
    assert run(["remove", "app", "blog", "--drop-tables", "--pack", pack]) == 0
    assert Path("migrations/0002.py").read_text("utf-8") == migration


def test_a_removed_app_keeps_what_its_migrations_need(
    pack: str, tools: Tools, tiny: TinyPack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not tools.calls
    kept = ["app/{app}/__init__.py", "app/names.py"]
    tiny.settings(_commands={**COMMANDS, "drop_app_keeps": kept})
    assert run(["remove", "app", "blog", "--drop-tables", "--pack", pack]) == Exit.REFUSED
    assert "scaffold update, then try again" in capsys.readouterr().err
    assert run(["update", "--no-install", "--force", "--pack", pack]) == 0
    line = ["remove", "app", "blog", "--drop-tables", "--force", "--pack", pack]
    assert run(line) == 0
    assert Path("app/blog/__init__.py").exists()
    assert '"blog"' in Path("app/names.py").read_text("utf-8")
    assert not Path("app/blog/post.py").exists()
    assert Path("migrations/0002.py").exists()
    assert "kept, so that every database can run the migration" in capsys.readouterr().err
    subprocess.run(["git", "add", "--all"], check=True)
    subprocess.run(["git", "commit", "-qm", "removed"], check=True)
    assert run(["update", "--pack", pack]) == 0
    assert status() == []


def test_a_librarys_tables_are_dropped_before_it_goes(
    pack: str, tools: Tools, tiny: TinyPack, capsys: pytest.CaptureFixture[str]
) -> None:
    slots = {"dependencies": ["flask>=3,<4"], "env": [], "notes": [], "installed_apps": []}
    commands = {**COMMANDS, "drop_feature": "tool migrate {app} zero"}
    tiny.settings(_commands=commands, _slots=slots)
    tiny.feature("keys", 'label = "Keys"\nwhy = "x"\n[slots]\ninstalled_apps = ["lib.keys"]\n')
    assert run(["add", "feature", "keys", "--force", "--pack", pack]) == 0
    line = ["remove", "feature", "keys", "--force", "--pack", pack, "--drop-tables"]
    assert run(line) == Exit.USAGE
    assert "uv run tool migrate APP zero for each of keys" in capsys.readouterr().err
    assert tools.calls
