"""The command line: exit codes, what goes to which stream, and that nothing half-done stays."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scaffold import __version__
from scaffold.__main__ import main
from scaffold.cli import answers as cli_answers
from scaffold.cli import options as cli_options
from scaffold.cli import run
from scaffold.errors import Exit
from scaffold.model.fields import TYPES
from scaffold.project.base import BASE, unpack_tree
from scaffold.rendering import isolation
from tests.tiny_pack import TinyPack

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def new(shared_tiny: TinyPack, work: Path) -> list[str]:
    """`scaffold new acme` with the small pack and nothing but files, in an empty directory."""
    assert list(work.iterdir()) == []
    return ["new", "acme", "-y", "--no-install", "--framework", str(shared_tiny.root)]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_new_makes_a_project_and_says_so(new: list[str], work: Path, capsys: Captured) -> None:
    assert run(new) == 0
    out, err = capsys.readouterr()
    assert out == ""  # talk goes to standard error
    assert str(work / "acme") in err
    assert "cd acme" in err
    assert (work / "acme" / ".scaffold.toml").exists()
    assert (work / "acme" / ".git").is_dir()


def test_quiet_says_nothing(new: list[str], work: Path, capsys: Captured) -> None:
    assert run([*new, "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (work / "acme").is_dir()


def test_init_fills_the_current_directory(
    new: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "order-desk"
    place.mkdir()
    monkeypatch.chdir(place)
    assert run(["init", "-q", *new[2:]]) == 0
    manifest = tomllib.loads((place / ".scaffold.toml").read_text("utf-8"))
    assert manifest["recipe"]["name"] == "Order Desk"
    assert manifest["recipe"]["slug"] == "order-desk"
    assert run(["init", "-q", *new[2:]]) == 3


def test_without_a_path_the_slug_is_the_place(new: list[str], work: Path) -> None:
    assert run(["new", *new[2:], "-q", "--name", "Über Shop"]) == 0
    assert (work / "uber-shop" / ".scaffold.toml").exists()


def error(capsys: Captured) -> tuple[str, str]:
    """The error and the hint of a refusal; standard output must be empty."""
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    first, _, hint = err.partition("\nhint: ")
    assert first.startswith("error: ")
    return first.removeprefix("error: ").strip(), hint.strip()


@pytest.mark.parametrize(
    ("more", "message", "hint"),
    [
        (["--nmae", "x"], "no such option: --nmae", "did you mean --name?"),
        (["--team-sise", "x"], "no such option: --team-sise", "did you mean --team-size?"),
        (["--zzz"], "no such option: --zzz", "scaffold new --help"),
        (["more", "still more"], "unexpected extra argument", "scaffold new --help"),
        (["more"], "is not the source of a project", "known: "),
        (["--team-size"], "requires an argument", "scaffold COMMAND --help"),
        (["-d", "nmae=x"], "unknown key nmae in -d", "did you mean name?"),
        (["-d", "name"], "-d name has no value", "write -d name=VALUE"),
        (["-d", "team_size=slo"], "team_size has no answer 'slo'", "did you mean solo?"),
        (["--team-size", "slo"], "team_size has no answer 'slo'", "did you mean solo?"),
        (["--needs", "api,amin"], "needs has no answer 'amin'", "did you mean admin?"),
        (["--data-file", "absent"], "absent cannot be read", ""),
        (["--preset", "prototpye"], "there is no preset prototpye", "did you mean prototype?"),
        (["--feature", "dokcer"], "Tiny has no feature dokcer", "did you mean docker?"),
        (["--name", "a/b"], "the project's name must not contain '/'", "letters, digits"),
        (["--slug", "A B"], "the short name (slug)", "for example a-b"),
        (["--app", "Blog"], "an app's name", "for example blog"),
        (
            ["--name", "Пример"],
            "the short name (slug) is empty, and the project's name gives none",
            "--slug acme-shop",
        ),
        (["--app", "shop,class"], "an app's name must not be class", ""),
        (["--resource", "Post: title:str"], "must begin with the name of its app", "shop.Product"),
        (
            ["--resource", "blog.Post: t:ref(Tga)", "--resource", "blog.Tag: name:str"],
            "blog.Tga, which does not exist\nPost: t:ref(Tga)\n            ^",
            "blog.Tag?",
        ),
        (["--resource", "blog.Post: title:strr"], "there is no type 'strr'", "did you mean str?"),
        (["--feature", "mysql", "--without", "mysql"], "mysql is both added and left out", "one"),
        (["--framework", "flask"], "--framework is given twice", "keep one --framework"),
        (["-d", "framework=flask"], "two frameworks: ", "name one of them"),
        (
            ["--team-size", "solo", "--schema-authors", "many"],
            "team_size solo and schema_authors many contradict each other",
            "One person makes one change at a time.",
        ),
        (["--diff"], "--diff goes with --dry-run", "add --dry-run"),
    ],
)
def test_what_cannot_be_understood_is_exit_2_with_a_hint(
    new: list[str], work: Path, capsys: Captured, more: list[str], message: str, hint: str
) -> None:
    assert run([*new, *more]) == Exit.USAGE
    said, hinted = error(capsys)
    assert message in said
    assert hint in hinted
    assert files(work) == []


def test_an_unknown_command_gets_the_nearest(capsys: Captured) -> None:
    assert run(["nwe"]) == 2
    assert error(capsys) == ("no such command 'nwe'", "did you mean new?")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (["create", "my shop", "-y"], "to create a project: scaffold new 'my shop' -y"),
        (["start", "shop"], "to create a project: scaffold new shop"),
        (["suggest"], "for a recommendation: scaffold recommend"),
        (["verify", "shop"], "to test a project: scaffold smoke shop"),
    ],
)
def test_a_command_of_another_tool_is_answered_with_ours(
    capsys: Captured, typed: list[str], line: str
) -> None:
    assert run(typed) == 2
    assert error(capsys) == (f"no such command '{typed[0]}'", line)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(["help"], ["--help"]), (["help", "new"], ["new", "--help"]), (["version"], ["--version"])],
)
def test_help_and_version_need_no_dashes(
    capsys: Captured, typed: list[str], meant: list[str]
) -> None:
    assert run(meant) == 0
    said = capsys.readouterr()
    assert run(typed) == 0
    assert capsys.readouterr() == said


def test_errors_are_json_where_json_is_asked_for(
    new: list[str], work: Path, capsys: Captured
) -> None:
    for more, code in (["--nmae", "x"], 2), (["--feature", "dokcer"], 2):
        assert run([*new, "--json", *more]) == code
        out, err = capsys.readouterr()
        assert err == ""
        said = json.loads(out)["error"]
        assert (said["code"], bool(said["message"])) == (code, True)
    assert said["hint"] == "did you mean docker?"
    (work / "acme").touch()
    assert run([*new, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == 3


def test_a_flag_for_several_answers_may_be_repeated(new: list[str], capsys: Captured) -> None:
    assert run([*new, "--dry-run", "--json", "--needs", "api", "--needs", "pages,api"]) == 0
    recipe = json.loads(capsys.readouterr().out)["recipe"]
    assert recipe["answers"]["needs"] == ["api", "pages"]


def test_what_a_killed_run_left_in_this_directory_is_swept_by_any_command(
    work: Path, capsys: Captured
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [work / f".{name}.scaffold-{gone.pid}-0a1b2c3d" for name in ("acme", "other")]
    mine = [work / f".acme.scaffold-{os.getpid()}-0a1b2c3d", work / ".acme.scaffold-1-mine"]
    for folder in (*left, *mine):
        (folder / "deep").mkdir(parents=True)
    assert run(["schema"]) == 0
    assert sorted(work.iterdir()) == sorted(mine)
    capsys.readouterr()


def test_an_unknown_framework_gets_the_nearest(work: Path, capsys: Captured) -> None:
    assert run(["new", "acme", "-y", "--framework", "falsk"]) == 2
    assert error(capsys) == ("there is no pack falsk", "did you mean flask?")
    assert files(work) == []


@pytest.mark.parametrize("path", ["", " ", "a\tb", "a\nb", "\x1b[31m"])
def test_a_path_that_nobody_means_is_exit_2(
    new: list[str], work: Path, capsys: Captured, path: str
) -> None:
    assert run(["new", path, *new[2:]]) == 2
    assert "the project's path " in error(capsys)[0]
    assert files(work) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("--team-size ", ["solo", "small", "medium", "large"]),
        ("--needs api,a", ["api,admin", "api,api", "api,accounts"]),
        ("--framework ", ["flask", "django"]),
        ("--feature post", ["postgres"]),
        ("--preset p", ["prototype", "product"]),
    ],
)
def test_a_shell_completes_what_may_stand_there(typed: str, offered: list[str]) -> None:
    words = f"scaffold new shop {typed}"
    done = subprocess.run(
        [sys.executable, "-m", "scaffold"],
        env={
            **os.environ,
            "_SCAFFOLD_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": "4",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == offered


def test_parts_may_be_named_at_once(new: list[str], work: Path) -> None:
    assert run([*new, "-q", "--app", "catalog, orders", "--app", "people"]) == 0
    manifest = tomllib.loads((work / "acme" / ".scaffold.toml").read_text("utf-8"))
    assert list(manifest["recipe"]["apps"]) == ["catalog", "orders", "people"]


def test_an_unknown_variable_is_exit_2(
    new: list[str], work: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAFFOLD_STAEG", "product")
    assert run(new) == 2
    assert error(capsys)[1] == "did you mean SCAFFOLD_STAGE?"
    assert files(work) == []


def test_nobody_to_ask_is_exit_2_and_names_the_flags(
    new: list[str], work: Path, capsys: Captured
) -> None:
    asking = [word for word in new if word != "-y"]
    assert run(asking) == 2
    said, hint = error(capsys)
    # The pack is chosen: only what its features depend on is left.
    assert said == "there is no terminal to ask in, and no answer for: stage, needs"
    assert "--stage --needs" in hint
    assert run(["recommend"]) == 2
    assert error(capsys)[0].endswith(
        "no answer for: team_size, experience, schema_authors, stage, database, needs,"
        " connections, aim"
    )
    assert run([*asking, "--team-size", "solo", "-d", "stage=product", "--aim", "ship"]) == 2
    assert error(capsys)[0].endswith("no answer for: needs")
    assert run(["new", "-y"]) == 2
    assert error(capsys)[0] == "the project has no path"
    assert run(["new"]) == 2
    assert error(capsys)[1] == "scaffold new PATH --defaults"
    assert files(work) == []


@pytest.mark.parametrize("command", [["new"], ["new", "acme"], ["recommend"]])
def test_json_asks_nothing_even_in_a_terminal(
    command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cli_answers, cli_options):
        monkeypatch.setattr(module, "in_terminal", lambda: True)
    assert run([*command, "--json"]) == 2
    said = json.loads(capsys.readouterr().out)["error"]["message"]
    assert said.startswith("--json asks nothing, and ")


@pytest.mark.parametrize("source", ["preset", "flags", "environment", "file"])
def test_with_every_answer_given_nothing_is_asked(
    new: list[str], work: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    answers = {
        "team_size": "solo",
        "experience": "none",
        "stage": "product",
        "needs": "api",
        "aim": "ship",
        "database": "new",
        "connections": "few",
    }
    (work.parent / "data.json").write_text(json.dumps(answers))
    if source == "environment":
        for key, value in answers.items():
            monkeypatch.setenv(f"SCAFFOLD_{key.upper()}", value)
    more = {
        "preset": ["--preset", "prototype"],
        "flags": [w for k, v in answers.items() for w in (f"--{k.replace('_', '-')}", v)],
        "environment": [],
        "file": ["--data-file", str(work.parent / "data.json")],
    }[source]
    assert run([*(word for word in new if word != "-y"), "-q", *more]) == 0
    recipe = tomllib.loads((work / "acme" / ".scaffold.toml").read_text("utf-8"))["recipe"]
    assert recipe["answers"]["stage"] == ("prototype" if source == "preset" else "product")


def test_a_taken_target_is_exit_3(new: list[str], work: Path, capsys: Captured) -> None:
    (work / "acme").mkdir()
    (work / "acme" / "mine").write_text("")
    assert run(new) == Exit.EXISTS
    assert error(capsys)[0].endswith("acme exists and is not empty")
    assert files(work) == ["acme", "acme/mine"]


def test_a_taken_slug_is_exit_3_before_anything_is_asked(work: Path, capsys: Captured) -> None:
    (work / "shop").mkdir()
    (work / "shop" / "mine").touch()
    assert run(["new", "--name", "Acme", "--slug", "shop"]) == 3
    assert "exists and is not empty" in error(capsys)[0]


def test_a_place_that_cannot_be_is_exit_1(new: list[str], work: Path, capsys: Captured) -> None:
    (work / "file").write_text("")
    assert run(["new", "file/acme", *new[2:]]) == Exit.REFUSED
    assert "a part of the path is a file" in error(capsys)[0]
    assert files(work) == ["file"]


def test_a_template_with_code_is_exit_4(tiny: TinyPack, work: Path, capsys: Captured) -> None:
    tiny.write("hooks/post_gen_project.sh", "touch /tmp/ran\n")
    assert run(["new", "acme", "-y", "--framework", str(tiny.root)]) == Exit.UNTRUSTED
    assert "wants to run code of its own" in error(capsys)[0]
    assert files(work) == []


def test_a_step_that_could_not_run_is_exit_8_and_says_what_to_type(
    new: list[str], work: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert run([*new, "-q"]) == Exit.NOT_RUN
    out, err = capsys.readouterr()
    assert "git is not installed" in out + err
    assert "git init" in out + err
    assert (work / "acme" / ".scaffold.toml").exists()


def test_a_bug_is_exit_70_with_an_apology_and_a_traceback_only_on_demand(
    new: list[str], work: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object, **__: object) -> None:
        raise RuntimeError("odd\nthing")

    monkeypatch.setattr("scaffold.commands.new.render", break_)
    assert run([*new, "-q"]) == Exit.BUG
    said, hint = error(capsys)
    assert said == "sorry, this is a bug in scaffold: RuntimeError: odd thing"
    assert "--debug" in hint
    assert files(work) == []
    with pytest.raises(RuntimeError, match="odd"):
        run([*new, "--debug"])


@pytest.mark.parametrize("wrapped", [False, True])  # as Python 3.11 does while a class is made
def test_an_interrupt_is_exit_130(
    new: list[str], work: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        if wrapped:
            raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr("scaffold.commands.new.publish", interrupt)
    assert run([*new, "-q"]) == Exit.INTERRUPTED
    assert error(capsys)[0] == "interrupted; nothing was written"
    assert files(work) == []


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_interrupt_before_the_command_line_stands_is_exit_130(
    monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    def interrupt() -> None:
        if wrapped:
            raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr("scaffold.__main__._end_like_interrupted", interrupt)
    monkeypatch.setattr(sys, "argv", ["scaffold", "list"])
    assert main() == Exit.INTERRUPTED


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_json_is_one_document_and_nothing_else(
    new: list[str], work: Path, capsys: Captured, more: list[str]
) -> None:
    assert run([*new, "--json", "--app", "blog", "--feature", "celery", *more]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    said = json.loads(out)
    assert said["path"] == str(work / "acme")
    assert said["recipe"]["features"] == ["broker", "celery", "docker"]
    assert said["implied"] == {"broker": "celery"}
    assert said["reasons"]["broker"] == "Broker. Included because celery needs it."
    assert said["recommendation"]["framework"] in ("flask", "django")
    assert "app/blog/post.py" in said["files"]
    assert ("steps" in said) is (more == [])
    assert (work / "acme").exists() is (more == [])


def test_json_tells_of_steps_that_could_not_run(
    new: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert run([*new, "--json"]) == 8
    steps = {step["name"]: step for step in json.loads(capsys.readouterr().out)["steps"]}
    assert steps["git"]["problem"]
    assert steps["git"]["remedy"]
    assert not steps["write"]["problem"]


@pytest.mark.parametrize("name", ["list", "recommend", "schema", "doctor"])
def test_every_other_command_speaks_json_too(name: str, capsys: Captured) -> None:
    assert run([name, *(["-y"] if name == "recommend" else []), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)
    assert err == ""


def test_json_survives_a_terminal_without_unicode(shared_tiny: TinyPack, work: Path) -> None:
    done = scaffold(
        work,
        "new",
        "größe",
        "-y",
        "--no-install",
        "--json",
        "--name",
        "日本",
        "--slug",
        "nihon",
        "--framework",
        str(shared_tiny.root),
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["recipe"]["name"] == "日本"


def test_a_dry_run_shows_the_tree_and_writes_nothing(
    new: list[str], work: Path, capsys: Captured
) -> None:
    assert run([*new, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert "Framework: Tiny, your choice; Django was recommended (by 6 points)" in err
    assert "+  docker  Docker. On unless it is left out." in err
    for name in ("pyproject.toml", "logo.png", "Dockerfile"):
        assert name in out
    assert files(work) == []


def test_a_dry_run_can_show_the_contents(new: list[str], work: Path, capsys: Captured) -> None:
    assert run([*new, "--dry-run", "--diff"]) == 0
    out = capsys.readouterr().out
    assert 'NAME = "Acme"' in out
    assert "FROM python:3.11" in out
    assert files(work) == []


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["new", "--help"], ["list", "-h"]])
def test_help_is_exit_0_on_standard_output(arguments: list[str], capsys: Captured) -> None:
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Usage: scaffold")
    assert err == ""


def test_the_docs_list_every_exit_code_and_every_type() -> None:
    page = (Path(__file__).parents[3] / "docs/usage.md").read_text("utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == list(Exit)
    fields = (Path(__file__).parents[3] / "docs/fields.md").read_text("utf-8")
    assert set(TYPES) <= set(re.findall(r"`(\w+)`", fields))


@pytest.mark.parametrize("name", ["new", "recommend", "smoke"])
def test_help_ends_in_examples_that_can_be_typed(name: str, capsys: Captured) -> None:
    run([name, "--help"])
    examples = capsys.readouterr().out.partition("Examples:\n")[2].strip().splitlines()
    assert examples
    for line in examples:
        program, command, *words = shlex.split(line)
        assert (program, command) == ("scaffold", name)
        if name == "new":
            assert run([command, *words, "--defaults", "--dry-run"]) == 0


def test_no_word_of_the_list_of_commands_is_cut_off(capsys: Captured) -> None:
    run(["--help"])
    assert "..." not in capsys.readouterr().out.partition("Commands:")[2]


@pytest.mark.parametrize(
    "command", ["new", "init", "recommend", "list", "smoke", "schema", "doctor"]
)
def test_every_command_takes_the_debug_that_its_apology_asks_for(
    command: str, capsys: Captured
) -> None:
    run([command, "--help"])
    assert "--debug" in capsys.readouterr().out


def test_a_pack_beside_us_is_named_by_its_folder(
    tiny: TinyPack, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tiny.root.parent)
    assert run(["new", "acme", "-y", "--framework", tiny.root.name, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recipe"]["pack"] == str(tiny.root)


def test_help_names_every_question(capsys: Captured) -> None:
    run(["new", "--help"])
    out = capsys.readouterr().out
    answers = "team-size experience schema-authors stage needs aim database connections"
    for flag in (*answers.split(), "data", "data-file", "preset", "dry-run", "json"):
        assert f"--{flag}" in out


def test_without_a_command_the_help_is_said_and_exit_2(capsys: Captured) -> None:
    assert run([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: scaffold")


def scaffold(
    folder: Path, *arguments: str, options: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-m", "scaffold", *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_said_before_anything_is_imported(work: Path, flag: str) -> None:
    done = scaffold(work, flag, options=("-X", "importtime"))
    assert (done.returncode, done.stdout) == (0, f"scaffold {__version__}\n")
    loaded = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    assert [name for name in loaded if name.startswith("scaffold")] == ["scaffold"]
    assert not {"typer", "rich", "argparse", "enum"} & set(loaded)


@pytest.mark.parametrize("arguments", [["--help"], ["new", "--help"], ["recommend", "-h"]])
def test_help_imports_nothing_heavy(work: Path, arguments: list[str]) -> None:
    done = scaffold(work, *arguments, options=("-X", "importtime"))
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert not {"cookiecutter", "jinja2", "rich", "questionary", "yaml", "sqlite3"} & loaded


def test_the_version_is_said_beside_other_flags_too(capsys: Captured) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"scaffold {__version__}\n"


def test_a_process_ends_with_the_code_and_speaks_on_its_streams(new: list[str], work: Path) -> None:
    done = scaffold(work, *new, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = scaffold(work, *new, "-q")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: ")


def test_a_reader_that_left_is_no_bug(work: Path) -> None:
    command = f"{sys.executable} -m scaffold schema | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=work, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1)
    assert done.stderr == ""


def test_a_closed_standard_input_is_nobody_to_ask(new: list[str], work: Path) -> None:
    asking = " ".join(word for word in new if word != "-y")
    command = f"{sys.executable} -m scaffold {asking} <&-"
    done = subprocess.run(
        ["bash", "-c", command], cwd=work, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no terminal to ask in" in done.stderr


WORDS = st.text(st.characters(exclude_characters="\0"), max_size=20)
NAMES = st.text("abz-_ 09.ÄéЖ日/\\'\"{}%#\n", max_size=12) | WORDS
LINES = WORDS | st.lists(
    st.sampled_from(
        [
            "blog",
            ".",
            "Post",
            ":",
            " ",
            "title",
            "str",
            "(",
            ")",
            "3",
            "!",
            "?",
            "^",
            "ref",
            "accounts.User",
            "@owner",
            "{{ cookiecutter.x }}",
            "'",
            '"',
            "\n",
        ]
    ),
    max_size=12,
).map("".join)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(
        [
            "path",
            "--name",
            "--slug",
            "--app",
            "--description",
            "--framework",
            "--feature",
            "--data-file",
            "--preset",
            "-d",
        ]
    ),
    NAMES,
)
@example("path", "deep/er/out")
@example("--app", "../out")
@example("--slug", "../out")
@example("--description", "{{ cookiecutter.project_name }}")
@example("--description", "\ud800")
@example("--name", "x\u202ey")
@example("--framework", "~nobody/x")
def test_no_text_breaks_out(new: list[str], work: Path, flag: str, text: str) -> None:
    # To go elsewhere is a person's right, but not a test's.
    place = re.sub(r"\.{2,}", ".", text.lstrip("/"))
    outcome(new, work, *(["--", place] if flag == "path" else [flag, text]))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LINES)
@example("blog.Post: title:str")
@example("blog.Post: title:enum({{ cookiecutter.x }})")
def test_no_line_of_fields_breaks_out(new: list[str], work: Path, text: str) -> None:
    outcome(new, work, "--resource", text)


def outcome(new: list[str], work: Path, *more: str) -> None:
    """Run in a directory of its own; whole or absent, and nothing beside it."""
    inner = work / "inner"
    inner.mkdir()
    before = Path.cwd()
    os.chdir(inner)
    arguments = [*new, "-q", "--no-git", *more]
    if more[0] == "--":
        arguments.remove("acme")
    try:
        code = run(arguments)
    finally:
        os.chdir(before)
    try:
        assert code in (0, 1, 2, 3)
        made = [path.parent for path in work.rglob(".scaffold.toml")]
        assert len(made) == (1 if code == 0 else 0)
        assert list(work.iterdir()) == [inner]
        if code:
            assert list(inner.iterdir()) == []
        for project in made:
            listed = unpack_tree((project / BASE).read_bytes())
            assert {*listed, ".env", BASE} == {
                path.relative_to(project).as_posix()
                for path in project.rglob("*")
                if path.is_file()
            }
    finally:
        shutil.rmtree(inner)


@pytest.mark.parametrize(
    ("words", "files", "modules"),
    [
        (["folder"], ["cookiecutter.json"], [isolation.TEMPLATE]),
        (["folder"], ["cookiecutter.json", "pack.toml"], [isolation.PACK]),
        (["acme", "--framework", "folder"], ["cookiecutter.json"], [isolation.PACK]),
        (["folder"], [], []),
    ],
)
def test_what_renders_is_loaded_meanwhile(
    words: list[str],
    files: list[str],
    modules: list[tuple[str, ...]],
    work: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (work / "folder").mkdir()
    for name in files:
        (work / "folder" / name).write_text("{}")
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(isolation, "start", started.append)
    assert run(["new", *words, "--no-such-option"]) == 2
    assert started == modules
