"""Only what a call needs is built, and the whole app says the same."""

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from scaffold.cli.commands import app
from scaffold.cli.trim import trim


@pytest.mark.parametrize("words", [["--help"], ["new", "--help"], ["add", "--help"], ["nwe"]])
def test_the_trimmed_app_answers_as_the_whole(words: list[str]) -> None:
    whole, trimmed = (CliRunner().invoke(one, words) for one in (app, trim(app, words)))
    assert (trimmed.output, trimmed.exit_code) == (whole.output, whole.exit_code)


@pytest.mark.parametrize(("words", "names"), [(["new", "x"], ["new"]), (["add", "app"], ["add"])])
def test_only_the_command_that_was_typed_is_built(words: list[str], names: list[str]) -> None:
    built = get_command(trim(app, words))
    assert isinstance(built, TyperGroup)
    assert list(built.commands) == names
    assert isinstance(app, typer.Typer)
    assert len(app.registered_commands) > 1
