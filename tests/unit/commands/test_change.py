"""A project that stays alive: add, remove, set, update, diff, undo on the small pack."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from scaffold.project.state import read_base, read_state
from tests.tiny_pack import TinyPack

Captured = pytest.CaptureFixture[str]
Command = Callable[..., int]
FIELDS = "title:str body:text?"


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    return done.stdout


def commit(message: str = "mine") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "-m", message)


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a project but git's and our journal."""
    skipped = {".git", ".scaffold.undo"}
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(root.rglob("*"))
        if path.is_file() and not skipped & set(path.relative_to(root).parts)
    }


@pytest.fixture
def root(tiny: TinyPack, work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of the small pack with one app, committed; the current directory."""
    line = ["new", "acme", "-y", "-q", "--no-install", "--framework", str(tiny.root)]
    assert run([*line, "--features", "docker", "--resource", f"blog.Post: {FIELDS}"]) == 0
    monkeypatch.chdir(work / "acme")
    return work / "acme"


@pytest.fixture
def command(root: Path, tiny: TinyPack) -> Command:
    """Run a command on the project with nothing installed."""
    assert root.is_dir()

    def call(*words: str) -> int:
        changes = words[0] in ("add", "remove", "set", "update")
        more = ["--no-install"] if changes else []
        return run([*words, *more, *([] if words[0] == "undo" else ["--pack", str(tiny.root)])])

    return call


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def test_a_life_of_a_project(root: Path, command: Command, tiny: TinyPack) -> None:
    """What the user wrote is there after every step, and so is what was added."""
    edit("app/blog/post.py", "import json\n", "import json\n\nMINE = 1\n")
    edit("README.md", "# Acme\n", "# Acme\n\nRead this first.\n")
    Path("app/own.py").write_text("OWN = True\n")
    commit()
    for words, path, text in [
        (("add", "field", "blog.Post", "subtitle:str?"), "app/blog/post.py", "SUBTITLE"),
        (("add", "resource", "blog.Tag", "name:str"), "app/blog/tag.py", "NAME"),
        (("add", "resource", "blog.Label: name:str text:str"), "app/blog/label.py", "TEXT"),
        (("add", "app", "orders"), "app/orders/order.py", "NOTES"),
        (("add", "feature", "celery"), "app/orders/jobs.py", "orders"),
        (("set", "database=postgres", "name=Acme Shop"), "README.md", "# Acme Shop"),
    ]:
        assert command(*words) == 0
        assert text in Path(path).read_text("utf-8")
        assert git("status", "--porcelain")
        commit(" ".join(words))
    readme = "# {{ cookiecutter.project_name }}\n\n{{ cookiecutter.description }}\n\nNew.\n"
    tiny.base("README.md", readme)
    tiny.write("pack.toml", 'label = "Tiny"\nversion = "1.3.0"\n')
    assert command("update") == 0
    commit()
    assert command("remove", "app", "orders") == 0
    assert not Path("app/orders").exists()
    commit()
    assert "MINE = 1" in Path("app/blog/post.py").read_text("utf-8")
    assert "Read this first." in Path("README.md").read_text("utf-8")
    assert "New." in Path("README.md").read_text("utf-8")
    assert Path("app/own.py").read_text("utf-8") == "OWN = True\n"
    state = read_state(root)
    assert (state.recipe.features, state.recipe.pack_version) == (
        ("broker", "celery", "docker", "postgres"),
        "1.3.0",
    )
    assert [app.name for app in state.recipe.apps] == ["blog"]
    assert read_base(root) is not None


def test_add_then_remove_is_nothing(root: Path, command: Command) -> None:
    before = files(root)
    for added, removed in [
        (("app", "orders"), ("app", "orders")),
        (("resource", "blog.Tag", "name:str"), ("resource", "blog.Tag")),
        (("field", "blog.Post", "n:str?"), ("field", "blog.Post", "n")),
        (("feature", "broker"), ("feature", "broker")),
    ]:
        assert command("add", *added) == 0
        commit()
        assert command("remove", *removed) == 0
        commit()
        assert files(root) == before


def test_undo_is_byte_for_byte(root: Path, command: Command) -> None:
    Path("app/blog/post.py").write_bytes(b"X = 1\r\nY = 2\r\n")
    Path("app/names.py").chmod(0o700)
    commit()
    before = files(root)
    assert command("add", "app", "orders") == 0
    assert files(root) != before
    assert command("undo") == 0
    assert files(root) == before
    assert not Path("app/orders").exists()
    assert command("undo") == Exit.REFUSED


def test_undo_leaves_later_work(command: Command, capsys: Captured) -> None:
    assert command("add", "app", "orders") == 0
    Path("app/orders/order.py").write_text("MINE = 1\n")
    assert command("undo") == Exit.EXISTS
    assert "app/orders/order.py changed after add app orders" in capsys.readouterr().err
    assert command("undo", "--keep-changed") == 0
    assert Path("app/orders/order.py").read_text("utf-8") == "MINE = 1\n"
    assert not Path("app/orders/__init__.py").exists()


def test_a_conflict_is_named_marked_and_in_the_index(
    root: Path, command: Command, capsys: Captured
) -> None:
    edit("README.md", "# Acme\n", "# My shop\n")
    commit()
    before = files(root)
    assert command("set", "name=Acme Shop", "--json") == Exit.CONFLICTS
    said = json.loads(capsys.readouterr().out)
    assert said["files"]["README.md"]["status"] == "conflict"
    assert [(one["path"], one["kind"]) for one in said["conflicts"]] == [("README.md", "content")]
    text = Path("README.md").read_text("utf-8")
    assert "<<<<<<< yours\n# My shop\n" in text
    assert "# Acme Shop\n>>>>>>> new template\n" in text
    assert git("ls-files", "--unmerged").count("README.md") == 3
    assert git("show", ":1:README.md").startswith("# Acme\n")
    assert git("show", ":2:README.md").startswith("# My shop\n")
    assert git("show", ":3:README.md").startswith("# Acme Shop\n")
    assert command("add", "app", "orders", "--force") == Exit.EXISTS
    assert "README.md" in capsys.readouterr().err
    Path("README.md").write_text("half resolved\n")
    assert command("undo") == Exit.EXISTS
    assert command("undo", "--abort") == 0
    assert files(root) == before
    assert git("status", "--porcelain") == ""
    assert command("undo", "--abort") == Exit.REFUSED
    assert "no conflicts to abort" in capsys.readouterr().err


def test_a_conflict_in_a_monorepo_is_in_the_index(
    tiny: TinyPack, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "--quiet")
    line = ["new", "services/acme", "-y", "-q", "--no-install", "--framework", str(tiny.root)]
    assert run(line) == 0
    monkeypatch.chdir(work / "services" / "acme" / "app")
    edit("../README.md", "# Acme\n", "# Mine\n")
    commit()
    words = ["set", "name=Other", "--no-install", "--pack", str(tiny.root), "-q"]
    assert run(words) == Exit.CONFLICTS
    assert git("ls-files", "--unmerged", "--full-name", "..").count("services/acme/README.md") == 3


def test_a_dirty_project_is_refused(root: Path, command: Command, capsys: Captured) -> None:
    edit("README.md", "# Acme\n", "# Mine\n")
    before = files(root)
    assert command("add", "app", "orders") == Exit.EXISTS
    assert "not committed: README.md" in capsys.readouterr().err
    assert files(root) == before
    assert command("add", "app", "orders", "--force") == 0


def test_dry_run_writes_nothing_and_says_it_all(
    root: Path, command: Command, capsys: Captured
) -> None:
    edit("app/names.py", "]", ', "mine"]')
    Path("logo.png").unlink()
    before = files(root)
    assert command("add", "app", "orders", "--dry-run", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    words = {path: one["status"] for path, one in said["files"].items()}
    assert words["app/orders/order.py"] == "create"
    assert words["app/names.py"] == "merge"
    assert words["README.md"] == "identical"
    assert words["logo.png"] == "skip"
    assert set(words.values()) <= {"create", "identical", "merge", "conflict", "skip", "remove"}
    assert command("add", "app", "orders", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "    create  app/orders/order.py" in out
    assert "     merge  app/names.py" in out
    assert files(root) == before
    assert not Path(".scaffold.undo").exists()


def test_commands_work_from_a_subdirectory(
    root: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "app" / "blog")
    assert command("add", "resource", "blog.Tag", "name:str") == 0
    assert (root / "app/blog/tag.py").exists()


def test_what_the_user_built_on_is_kept_and_named(command: Command, capsys: Captured) -> None:
    assert command("add", "app", "orders") == 0
    Path("app/orders/order.py").write_text("MINE = 1\n")
    Path("app/orders/own.py").write_text("OWN = 1\n")
    commit()
    assert command("remove", "app", "orders", "--json") == 0
    notes = " ".join(json.loads(capsys.readouterr().out.partition("}\n{")[0])["notes"])
    assert "edited it: app/orders/order.py" in notes
    assert "app/orders/own.py" in notes
    assert Path("app/orders/order.py").read_text("utf-8") == "MINE = 1\n"
    assert not Path("app/orders/__init__.py").exists()


def test_parts_that_the_user_built_on_are_kept_and_named(
    command: Command, tiny: TinyPack, capsys: Captured
) -> None:
    each = "each/app/{{cookiecutter.project_slug}}/app/{{ app.name }}/all.py"
    one = "class {{ resource.name }}:\n    a = 1\n    b = 2\n\n\n"
    tiny.write(each, f"# % for resource in app.resources\n{one}# % endfor\n")
    assert command("add", "resource", "blog.Tag", "name:str") == 0
    edit("app/blog/all.py", "class Tag:\n    a = 1\n", "class Tag:\n    a = 1\n    mine = 3\n")
    commit()
    assert command("remove", "resource", "blog.Tag") == 0
    said = capsys.readouterr().err
    assert "kept, because you edited it: parts of app/blog/all.py" in said
    text = Path("app/blog/all.py").read_text("utf-8")
    assert "class Tag:\n    a = 1\n    mine = 3\n    b = 2\n" in text
    assert "<<<" not in text
    assert not Path("app/blog/tag.py").exists()
    assert command("undo") == 0
    assert git("status", "--porcelain") == ""


def test_update_twice_is_update_once(root: Path, command: Command, tiny: TinyPack) -> None:
    tiny.base("app/__init__.py", "NAME = {{ cookiecutter.project_name | tojson }}\nNEW = 1\n")
    assert command("update") == 0
    commit()
    after = files(root)
    assert command("update") == 0
    assert files(root) == after
    assert git("status", "--porcelain") == ""


def test_an_update_follows_the_packs_migrations(command: Command, tiny: TinyPack) -> None:
    edit("app/names.py", "]", ', "mine"]')
    commit()
    tiny.write("pack.toml", 'label = "Tiny"\nversion = "1.3.0"\n')
    tiny.write("migrations/1.3.0.toml", '[[move]]\nfrom = "app/names.py"\nto = "app/apps.py"\n')
    layer = tiny.root / "{{cookiecutter.project_slug}}" / "app"
    (layer / "names.py").rename(layer / "apps.py")
    assert command("update") == 0
    assert not Path("app/names.py").exists()
    assert '"mine"' in Path("app/apps.py").read_text("utf-8")


def test_a_moved_file_is_followed_and_recorded(root: Path, command: Command) -> None:
    git("mv", "app/names.py", "app/registry.py")
    commit()
    assert command("add", "app", "orders") == 0
    assert '"orders"' in Path("app/registry.py").read_text("utf-8")
    assert not Path("app/names.py").exists()
    assert read_state(root).moves == {"app/names.py": "app/registry.py"}


def test_a_renamed_app_is_followed_by_every_command(
    root: Path, tiny: TinyPack, command: Command, capsys: Captured
) -> None:
    each = "each/app/{{cookiecutter.project_slug}}/app/{{ app.name }}/tools.py"
    tools = """# % for resource in app.resources
from app.{{ app.name }} import {{ resource.snake }}
# % endfor
TOOLS = [
# % for resource in app.resources
    {{ resource.snake }},
# % endfor
]
"""
    tiny.write(each, tools)
    assert command("update") == 0
    commit()
    git("mv", "app/blog", "app/journal")
    edit("app/journal/tools.py", "app.blog", "app.journal")
    commit()
    assert command("add", "resource", "blog.Tag", "name:str") == 0
    assert Path("app/journal/tag.py").exists()
    assert not Path("app/blog").exists()
    assert "from app.journal import post, tag" in Path("app/journal/tools.py").read_text("utf-8")
    assert read_state(root).moves["app/blog/post.py"] == "app/journal/post.py"
    commit()
    assert command("add", "field", "blog.Tag", "n:str?") == 0
    assert "N = " in Path("app/journal/tag.py").read_text("utf-8")
    assert command("diff", "--json") == 0
    assert {row["change"] for row in json.loads(capsys.readouterr().out)} == {"moved"}
    commit()
    assert command("remove", "resource", "blog.Tag") == 0
    assert not Path("app/journal/tag.py").exists()
    assert "from app.journal import post\n" in Path("app/journal/tools.py").read_text("utf-8")


def test_seeded_files_are_written_at_birth_only(tiny: TinyPack, command: Command) -> None:
    manifest = 'label = "Tiny"\nversion = "1.2.3"\nseeded = ["app/*/migrations/*.py"]\n'
    tiny.write("pack.toml", manifest)
    each = "each/app/{{cookiecutter.project_slug}}/app/{{ app.name }}/migrations"
    tiny.write(f"{each}/__init__.py", "")
    tiny.write(f"{each}/first.py", "x = 1\n")
    assert command("add", "app", "orders") == 0
    assert Path("app/orders/migrations/__init__.py").exists()
    assert not Path("app/orders/migrations/first.py").exists()


def test_two_branches_that_each_added_something_merge(
    root: Path, command: Command, capsys: Captured
) -> None:
    git("checkout", "--quiet", "-b", "other")
    assert command("add", "resource", "blog.Tag", "name:str") == 0
    commit()
    git("checkout", "--quiet", "main")
    Path(".gitattributes").write_text(".scaffold.base merge=union\n")
    assert command("add", "feature", "broker") == 0
    commit()
    git("merge", "--quiet", "--no-edit", "other")
    assert read_base(root) is None
    assert command("diff") == 0
    assert command("add", "field", "blog.Tag", "n:str?") == 0
    assert "where two branches met" in capsys.readouterr().err
    assert "N = " in Path("app/blog/tag.py").read_text("utf-8")
    assert read_base(root) is not None


def test_a_base_that_cannot_be_rendered_anew_is_an_error(
    command: Command, tiny: TinyPack, capsys: Captured
) -> None:
    Path(".scaffold.base").write_text("damaged\n")
    commit()
    assert command("add", "app", "orders") == 0
    assert command("undo") == 0
    tiny.base("README.md", "other\n")
    assert command("add", "app", "orders") == Exit.REFUSED
    said = capsys.readouterr().err
    assert "tiny 1.2.3" in said
    assert "git checkout HEAD -- .scaffold.base" in said


def test_a_recipe_edited_by_hand_is_merged_like_any_change(
    root: Path, command: Command, capsys: Captured
) -> None:
    edit("app/blog/post.py", "import json\n", "import json\n\nMINE = 1\n")
    edit(".scaffold.toml", "title:str body:text?", "title:str body:text? n:str?")
    edit(".scaffold.toml", '    "docker",\n', '    "celery",\n    "docker",\n')
    commit()
    assert command("update", "--dry-run") == 0
    assert "app/blog/post.py" in capsys.readouterr().out
    assert command("update") == 0
    assert ".scaffold.toml was edited; that is merged too" in capsys.readouterr().err
    text = Path("app/blog/post.py").read_text("utf-8")
    assert "MINE = 1" in text
    assert "N = " in text
    assert Path("app/jobs.py").exists()  # celery, and the broker that it requires
    assert "broker" in read_state(root).recipe.features
    commit()
    assert command("update") == 0
    assert git("status", "--porcelain") == ""


CHANGES = """# Changes

## 1.10.0 (2026-11-28)

- Lists are sorted.

## 1.3.0

- Pages have titles.

## 1.2.3

- The first one.
"""


def test_an_update_shows_what_is_new(command: Command, tiny: TinyPack, capsys: Captured) -> None:
    tiny.write("CHANGES.md", CHANGES)
    assert command("update") == 0
    assert "New in" not in capsys.readouterr().err
    tiny.write("pack.toml", 'label = "Tiny"\nversion = "1.10.0"\n')
    assert command("update", "--dry-run") == 0
    said = capsys.readouterr().err
    assert said.index("New in 1.10.0\n- Lists are sorted.") < said.index("New in 1.3.0\n- Pages")
    assert "The first one" not in said
    assert command("update", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["changed"]
    assert found["pack"] == {"name": "tiny", "from": "1.2.3", "to": "1.10.0"}
    assert found["release_notes"][1] == {"version": "1.3.0", "text": "- Pages have titles."}
    assert command("update", "--json", "--force") == 0
    found = json.loads(capsys.readouterr().out)
    assert not found["changed"]
    assert found["release_notes"] == []


def test_a_version_that_is_not_at_hand_is_named_with_the_way_to_it(
    command: Command, tiny: TinyPack, capsys: Captured
) -> None:
    assert command("update", "--to", "1.2.3") == 0
    assert command("update", "--to", "2.0") == Exit.REFUSED
    said = capsys.readouterr().err
    assert f"{tiny.root} has tiny 1.2.3, not 2.0" in said
    assert "check out 2.0 there" in said


def test_diff_shows_what_the_user_changed(command: Command, capsys: Captured) -> None:
    assert command("diff", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    edit("README.md", "# Acme\n", "# Mine\n")
    Path("page.html").unlink()
    git("mv", "verbatim", "literal")
    commit()
    assert command("diff", "--json") == 0
    found = {one["path"]: one for one in json.loads(capsys.readouterr().out)}
    assert {path: one["change"] for path, one in found.items()} == {
        "README.md": "changed",
        "page.html": "removed",
        "literal/{{ kept }}.txt": "moved",
    }
    assert (found["README.md"]["added"], found["README.md"]["removed"]) == (1, 1)
    assert command("diff") == 0
    assert "+# Mine\n" in capsys.readouterr().out
    assert command("diff", "--stat") == 0
    assert "+1 -1" in capsys.readouterr().out


def test_info_says_what_was_added_when(command: Command, capsys: Captured) -> None:
    assert command("add", "app", "orders") == 0
    commit("Add orders")
    capsys.readouterr()
    assert command("info", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert sorted(said["recipe"]["apps"]) == ["blog", "orders"]
    assert [row["message"] for row in said["history"]] == ["Add orders", "Initial commit"]
    assert said["undo"] == "add app orders"
    assert command("info") == 0
    assert "orders" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("add", "resource", "blgo.Tag", "n:int"), "there is no app blgo", "did you mean blog?"),
        (("add", "field", "blog.Pst", "n:int"), "there is no resource blog.Pst", "blog.Post?"),
        (("add", "field", "Post", "n:int"), "Post does not name an app", "orders.Invoice"),
        (("add", "field", "blog.Post", "n:itn"), "there is no type 'itn'", "did you mean int?"),
        (("add", "app", "blog"), "the app blog exists", "scaffold add resource blog."),
        (("add", "app", "Shop"), "an app's name", "for example shop"),
        (("add", "resource", "blog.Post", "n:int"), "blog.Post exists", "add field blog.Post"),
        (("add", "feature", "clery"), "Tiny has no feature clery", "did you mean celery?"),
        (("add", "feature", "docker"), "docker is there already", "scaffold info"),
        (("remove", "feature", "celery"), "the project has no feature celery", ""),
        (("remove", "field", "blog.Post", "tilte"), "no field tilte", "did you mean title?"),
        (("remove", "app", "blgo"), "there is no app blgo", "did you mean blog?"),
        (("remove", "resource", "blog.Post"), "the only resource", "remove app blog"),
        (("set", "nmae=x"), "cannot set nmae", "did you mean name?"),
        (("set", "name"), "name has no value", "write name=VALUE"),
        (("set", "database=postgers"), "Tiny has no database postgers", "mean postgres?"),
    ],
)
def test_what_cannot_be_understood_is_exit_2_with_a_hint(
    root: Path, command: Command, capsys: Captured, words: list[str], message: str, hint: str
) -> None:
    before = files(root)
    assert command(*words) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    said, _, hinted = err.partition("\nhint: ")
    assert message in said
    assert hint in hinted
    assert files(root) == before


def test_outside_of_a_project_is_an_error(work: Path, capsys: Captured) -> None:
    for words in (["undo"], ["info"], ["diff"], ["update"], ["add", "app", "orders"]):
        assert run(words) == Exit.REFUSED
        assert "is not in a scaffold project" in capsys.readouterr().err
    assert list(work.iterdir()) == []


def test_a_pack_that_is_not_built_in_must_be_named(root: Path, capsys: Captured) -> None:
    assert root.is_dir()
    assert run(["info"]) == Exit.USAGE
    assert "--pack path/to/tiny" in capsys.readouterr().err
