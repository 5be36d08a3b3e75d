"""Build only what a call needs: all options of all commands take as long as a command runs."""

import os
from collections.abc import Sequence
from copy import copy

import typer
from typer.models import CommandInfo, TyperInfo

LIST: tuple[list[str], ...] = ([], ["--help"], ["-h"])  # what shows the list of commands
COMPLETION = "_SCAFFOLD_COMPLETE"  # set by a shell that completes a word


def trim(app: typer.Typer, arguments: Sequence[str]) -> typer.Typer:
    """Return the app with the command that was typed, or with a list of commands without options.

    Args:
        app: the whole app; it stays as it is.
        arguments: the words after `scaffold`.
    """
    if COMPLETION in os.environ:
        return app
    trimmed = copy(app)
    if list(arguments) in LIST:
        trimmed.registered_commands = [_listed(one) for one in app.registered_commands]
        trimmed.registered_groups = [_listed_group(one) for one in app.registered_groups]
        return trimmed
    commands = [one for one in app.registered_commands if _name(one) == arguments[0]]
    groups = [one for one in app.registered_groups if _group_name(one) == arguments[0]]
    if commands or groups:
        trimmed.registered_commands, trimmed.registered_groups = commands, groups
    return trimmed


def _name(command: CommandInfo) -> str:
    return str(command.name or getattr(command.callback, "__name__", ""))


def _group_name(group: TyperInfo) -> str:
    return str(group.typer_instance.info.name) if group.typer_instance else ""


def _listed(command: CommandInfo) -> CommandInfo:
    """Return a command with its name and help alone."""

    def nothing() -> None: ...

    nothing.__doc__ = command.callback.__doc__
    listed = copy(command)
    listed.name, listed.callback = _name(command), nothing
    return listed


def _listed_group(group: TyperInfo) -> TyperInfo:
    listed = copy(group)
    if group.typer_instance:
        listed.typer_instance = copy(group.typer_instance)
        commands = group.typer_instance.registered_commands
        listed.typer_instance.registered_commands = [_listed(one) for one in commands]
    return listed
