"""The questions of `add`, `remove` and `set`, driven by the keys that a person would press."""

from contextlib import contextmanager

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from scaffold import process
from scaffold.cli import run
from scaffold.commands.existing import open_project
from scaffold.errors import Exit
from scaffold.policies import find_policy
from scaffold.wizard import ask_change
from scaffold.wizard.change_session import ChangeSession

ENTER, BACK, DOWN, UP = "\r", "\x1b[Z", "\x1b[B", "\x1b[A"
CLEAR, END = "\x15", "\x04"


@pytest.fixture
def project(tiny, work, monkeypatch):
    """A project of the small pack with two resources and a feature; the current directory."""
    line = ["new", "acme", "-y", "-q", "--no-install", "--framework", str(tiny.root)]
    resources = ["--resource", "blog.Post: title:str body:text?", "--resource", "blog.Tag: n:str"]
    assert run([*line, "--features", "docker", *resources]) == 0
    monkeypatch.chdir(work / "acme")
    return open_project(work / "acme", str(tiny.root))


@contextmanager
def terminal(keys):
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        pipe.close()  # a question too many ends in EOFError, not in waiting
        with create_app_session(input=pipe, output=DummyOutput()):
            yield


def words(project, verb, keys):
    with terminal(keys):
        return ask_change(project, verb)


@pytest.mark.parametrize(
    ("verb", "keys", "expected"),
    [
        (
            "add",
            ENTER + "orders" + ENTER * 3 + ENTER,
            ["app", "orders", "--resource", "Order: name:str notes:text?"],
        ),
        (
            "add",
            DOWN + ENTER * 2 + "Note: text:text" + ENTER * 2,
            ["resource", "blog.Note", "text:text"],
        ),
        (
            "add",
            DOWN * 2 + ENTER + DOWN + ENTER + "paid_at:datetime?" + ENTER * 2,
            ["field", "blog.Tag", "paid_at:datetime?"],
        ),
        ("add", UP + ENTER * 3, ["feature", "broker"]),
        ("remove", ENTER * 2 + ENTER * 2, ["app", "blog"]),
        (
            "remove",
            DOWN + ENTER + DOWN + ENTER + DOWN + ENTER * 2,
            ["resource", "blog.Tag", "--drop-tables"],
        ),
        ("remove", DOWN * 2 + ENTER * 2 + DOWN + ENTER * 3, ["field", "blog.Post", "body"]),
        ("remove", UP + ENTER * 3, ["feature", "docker"]),
        ("set", ENTER + " Shop" + ENTER * 2, ["name=Acme Shop"]),
        ("set", UP + ENTER + DOWN + ENTER * 2, ["database=mysql"]),
        ("set", DOWN * 2 + ENTER + " " + ENTER * 2, ["features=broker,docker"]),
    ],
)
def test_the_answers_make_the_command_that_does_the_same(project, verb, keys, expected):
    assert words(project, verb, keys) == [verb, *expected]


def test_the_way_back_keeps_what_was_typed(project):
    keys = ENTER + "orders" + BACK + ENTER + "X" + BACK + ENTER + CLEAR + "bills" + ENTER * 3
    found = words(project, "add", keys + BACK + ENTER * 2 + ENTER)
    assert found == ["add", "app", "bills", "--resource", "Bill: name:str notes:text?"]


def test_what_is_wrong_is_said_while_it_is_typed(project):
    keys = ENTER + "blog" + ENTER + "s" + ENTER * 3 + ENTER  # blog is there already
    assert words(project, "add", keys)[:3] == ["add", "app", "blogs"]


def test_quitting_writes_nothing(project):
    assert words(project, "add", UP + ENTER * 2 + UP + ENTER) is None
    assert words(project, "add", UP + ENTER + END) is None


def test_the_command_is_run_with_its_flags(project, tiny, monkeypatch, capsys):
    monkeypatch.setattr(process, "in_terminal", lambda: True)
    with terminal(UP + ENTER * 3):
        assert run(["add", "--no-install", "--pack", str(tiny.root)]) == 0
    assert "broker" in (project.root / ".scaffold.toml").read_text("utf-8")
    said = capsys.readouterr().err
    assert f"scaffold add feature broker --no-install --pack {tiny.root}" in said
    (project.root / "README.md").write_text("mine\n")
    assert run(["set", "--pack", str(tiny.root)]) == Exit.EXISTS  # before any question


@pytest.mark.parametrize("verb", ["add", "remove", "set"])
def test_without_a_terminal_the_message_names_what_to_type(verb, capsys):
    assert run([verb]) == Exit.USAGE
    said = capsys.readouterr().err
    assert f"there is no terminal to ask in, and nothing says what to {verb}" in said
    assert f"scaffold {verb} " in said


def test_a_flag_before_the_command_is_not_ignored(capsys):
    assert run(["add", "--dry-run", "app", "orders"]) == Exit.USAGE
    assert "scaffold add app … --dry-run" in capsys.readouterr().err


def test_what_a_team_set_cannot_be_chosen(project, write_policy):
    policy = find_policy(
        write_policy('[locks]\ndatabase = "sqlite"\n[features]\nrequire = ["docker"]\n')
    )
    session = ChangeSession(project, "set", policy)
    assert session.locked() == {"database": "set by the web team: sqlite"}
    assert (
        ChangeSession(project, "remove", policy).refused()["docker"] == "required by the web team"
    )
    with terminal(DOWN * 3 + ENTER + ENTER + END):
        assert ask_change(project, "set", policy=policy) is None
