"""The questions of a cookiecutter template, driven by the keys that a person would press."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import ColorDepth, DummyOutput, Output
from prompt_toolkit.output.vt100 import Vt100_Output

from scaffold.model.template import TemplateRequest
from scaffold.packs.sources import parse_source
from scaffold.packs.trust import HOOKS, Code
from scaffold.wizard.template import ask_template
from scaffold.wizard.trust import ask_trust
from tests.cookiecutter_cases import says

ENTER, BACK, DOWN, UP, END, INTERRUPT = "\r", "\x1b[Z", "\x1b[B", "\x1b[A", "\x04", "\x03"
CONTEXT = {
    "license": ["MIT", "BSD"],
    "docker": True,
    "types": {"a": "b"},
    "__prompts__": {
        "name": "What is it \x1b[2Jcalled?",
        "license": {"__prompt__": "Which license?", "BSD": "The BSD license"},
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A template with one question of each kind."""
    says("x", context=CONTEXT).build(tmp_path / "thing")
    return tmp_path / "thing"


@contextmanager
def terminal(keys: str, output: Output | None = None) -> Iterator[None]:
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        pipe.close()
        with create_app_session(input=pipe, output=output or DummyOutput()):
            yield


def drive(
    root: Path, keys: str, output: Output | None = None, **given: str
) -> Mapping[str, Any] | None:
    request = TemplateRequest(str(root), str(root), str(root), given=given)
    with terminal(keys, output):
        return ask_template(request, parse_source(str(root)))


def seen(root: Path, keys: str) -> str:
    stream = io.StringIO()
    size = Size(rows=40, columns=100)
    drive(
        root,
        keys,
        Vt100_Output(stream, lambda: size, default_color_depth=ColorDepth.DEPTH_1_BIT),
    )
    return stream.getvalue()


def test_enter_takes_the_defaults(root: Path) -> None:
    assert drive(root, ENTER * 6) == {
        "name": "Acme Shop",
        "slug": "acme-shop",
        "license": "MIT",
        "docker": True,
        "types": {"a": "b"},
    }


def test_a_default_follows_from_the_answers_before(root: Path) -> None:
    found = drive(root, f"Other Thing{ENTER}{ENTER}{DOWN}{ENTER}{DOWN}{ENTER}{ENTER}{ENTER}")
    assert found is not None
    assert found["slug"] == "other-thing"
    assert found["license"] == "BSD"
    assert found["docker"] is False


def test_the_way_back_keeps_what_was_typed(root: Path) -> None:
    found = drive(root, f"First{ENTER}{BACK} Second{ENTER}{ENTER * 5}")
    assert found is not None
    assert (found["name"], found["slug"]) == ("First Second", "first-second")


def test_the_review_changes_one_answer(root: Path) -> None:
    change = f"{DOWN}{ENTER}{DOWN * 2}{ENTER}{DOWN}{ENTER}"  # change something: the license
    found = drive(root, f"{ENTER * 5}{change}{ENTER}")
    assert found is not None
    assert found["license"] == "BSD"


def test_what_is_given_is_not_asked(root: Path) -> None:
    assert drive(root, ENTER * 4, name="Given", slug="given") == {
        "license": "MIT",
        "docker": True,
        "types": {"a": "b"},
    }


def test_quitting_gives_nothing(root: Path) -> None:
    assert drive(root, f"{ENTER * 5}{DOWN * 3}{ENTER}") is None
    assert drive(root, f"{ENTER}{END}") is None
    with pytest.raises(KeyboardInterrupt):
        drive(root, f"{ENTER}{INTERRUPT}")


def test_a_table_must_be_json(root: Path) -> None:
    found = drive(root, f"{ENTER * 4}\x15nonsense{ENTER}\x15" + '{"c": "d"}' + ENTER * 2)
    assert found is not None
    assert found["types"] == {"c": "d"}


def test_the_authors_words_are_shown_and_escape_sequences_not_obeyed(root: Path) -> None:
    text = seen(root, ENTER * 6)
    assert "What is it \\x1b[2Jcalled?" in re.sub(r"\x1b\[[0-9;?]*[A-KM-Za-z]", "", text)
    assert "\x1b[2J" not in text


def test_trust_begins_with_no() -> None:
    source = parse_source("gh:acme/thing")
    code = Code(HOOKS, ("post_gen_project.py",), {"hooks/post_gen_project.py": "x\x1b[2J\n"})
    with terminal(ENTER):
        assert not ask_trust(source, code)
    with terminal(DOWN + ENTER):
        assert ask_trust(source, code)
