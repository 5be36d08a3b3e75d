"""The commands for a project that exists: options in, function called, result shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.fleet import (
    IN_PROJECT,
    ONE,
    FleetFile,
    GivenForFleet,
    Offline,
    Push,
    WaveSize,
    Workers,
    only_with_fleet,
    refuse,
    update_fleet,
)
from scaffold.cli.json_output import print_json
from scaffold.cli.options import Debug, Json
from scaffold.cli.project_info import diff, info, template_project
from scaffold.cli.project_options import (
    App,
    ChangeFlags,
    DropTables,
    Feature,
    Fields,
    Line,
    Resource,
    app_names,
    argument,
    with_change_flags,
)
from scaffold.cli.project_questions import ask_for_change
from scaffold.errors import Exit, UsageError

if TYPE_CHECKING:
    from scaffold.commands.change import ChangeResult, Removal
    from scaffold.commands.existing import Project
    from scaffold.model.recipe import Recipe

EXAMPLES = {  # \b keeps the lines as they are
    "add": """\b
Examples:
  scaffold add app orders
  scaffold add resource orders.Invoice 'number:str^ total:decimal(10,2)'
  scaffold add field orders.Invoice 'paid_at:datetime?'
  scaffold add feature celery --dry-run
""",
    "remove": """\b
Examples:
  scaffold remove feature celery
  scaffold remove field orders.Invoice paid_at --drop-tables
  scaffold remove app orders --dry-run
""",
    "set": """\b
Examples:
  scaffold set database=postgres
  scaffold set name='Acme Shop' description='Sells things.'
""",
    "update": """\b
Examples:
  scaffold update --dry-run
  scaffold update --json
  scaffold update --fleet fleet.toml --wave-size 5 --dry-run
""",
    "undo": """\b
Examples:
  scaffold undo
  scaffold undo --abort
""",
}


def _change(
    flags: ChangeFlags,
    name: str,
    edit: Callable[["Project"], "Recipe"],
    *,
    removal: "Removal | None" = None,
    to: str | None = None,
) -> int:
    """Change the project around, and say what happened."""
    from scaffold import output as show
    from scaffold.commands.change import ChangeOptions, change
    from scaffold.commands.existing import open_project, policy_of

    project = open_project(Path.cwd(), flags.pack, to=to)
    policy = policy_of(project, flags.policy, newest=to is not None)
    recipe = edit(project)
    options = ChangeOptions(
        dry_run=flags.dry_run,
        force=flags.force,
        install=not flags.no_install,
        removal=removal,
        policy=policy,
        record=policy.record if policy and to is not None else None,
    )
    if flags.as_json or flags.quiet or flags.dry_run:
        done = change(project, name, recipe, options)
    else:
        with show.progress() as watch:
            done = change(project, name, recipe, options, watch)
    return _shown(done, flags)


def _shown(done: "ChangeResult", flags: ChangeFlags) -> int:
    """Say what happened; return the exit code."""
    from scaffold import output as show

    if flags.as_json:
        print_json({**show.change_as_dict(done), "dry_run": flags.dry_run})
    elif not flags.quiet or done.code:
        show.change(done, dry_run=flags.dry_run)
    return done.code


def _group(name: str, help_: str) -> typer.Typer:
    return typer.Typer(
        name=name,
        help=help_,
        epilog=EXAMPLES[name],
        invoke_without_command=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _ask_without_arguments(group: typer.Typer, verb: str) -> None:
    """Let a group without a command ask what is meant."""

    @group.callback()
    @with_change_flags
    def _(context: typer.Context, *, flags: ChangeFlags) -> int:
        if context.invoked_subcommand is None:
            return ask_for_change(verb, EXAMPLES[verb], flags)
        if given := flags.words():
            raise UsageError(
                f"{given[0]} stands before {context.invoked_subcommand}",
                f"write it after: scaffold {verb} {context.invoked_subcommand} … {given[0]}",
            )
        return Exit.DONE


add = _group("add", "Add an app, a resource, a field or a feature to a project.")
remove = _group("remove", "Remove an app, a resource, a field or a feature.")


_ask_without_arguments(add, "add")
_ask_without_arguments(remove, "remove")


@add.command("app", epilog=EXAMPLES["add"])
@with_change_flags
def add_app(
    name: Annotated[str, argument("The name of the new app.", "NAME")],
    *,
    resource: Annotated[
        list[str] | None,
        typer.Option("--resource", metavar="LINE", help="A resource: 'Invoice: number:str'."),
    ] = None,
    flags: ChangeFlags,
) -> int:
    """Add an app with its resources."""
    from scaffold.inputs import edit

    return _change(
        flags,
        f"add app {name}",
        lambda project: edit.add_app(project.recipe, project.pack, name, resource or ()),
    )


@add.command("resource", epilog=EXAMPLES["add"])
@with_change_flags
def add_resource(
    resource: Annotated[
        str, argument("The resource, as in orders.Invoice.", "APP.NAME", app_names)
    ],
    fields: Line = None,
    *,
    flags: ChangeFlags,
) -> int:
    """Add a resource to an app."""
    from scaffold.inputs import edit

    name, _, first = resource.partition(":")  # or all in one, as after `new --resource`
    line = " ".join([first, *(fields or ())]).strip()
    return _change(
        flags,
        f"add resource {name}",
        lambda project: edit.add_resource(project.recipe, name, line),
    )


@add.command("field", epilog=EXAMPLES["add"])
@with_change_flags
def add_field(resource: Resource, fields: Fields, *, flags: ChangeFlags) -> int:
    """Add fields to a resource."""
    from scaffold.inputs import edit

    names = ", ".join(word.partition(":")[0] for word in " ".join(fields).split() if ":" in word)
    return _change(
        flags,
        f"add field {resource} {names}".strip(),
        lambda project: edit.add_fields(project.recipe, resource, " ".join(fields)),
    )


@add.command("feature", epilog=EXAMPLES["add"])
@with_change_flags
def add_feature(name: Feature, *, flags: ChangeFlags) -> int:
    """Add a feature, with all that it requires."""
    from scaffold.inputs import edit

    return _change(
        flags,
        f"add feature {name}",
        lambda project: edit.add_feature(project.recipe, project.pack, name),
    )


@remove.command("app", epilog=EXAMPLES["remove"])
@with_change_flags
def remove_app(name: App, *, drop_tables: DropTables = False, flags: ChangeFlags) -> int:
    """Remove an app."""
    from scaffold.commands.change import Removal
    from scaffold.inputs import edit

    return _change(
        flags,
        f"remove app {name}",
        lambda project: edit.remove_app(project.recipe, name),
        removal=Removal(drop_tables, app=name),
    )


@remove.command("resource", epilog=EXAMPLES["remove"])
@with_change_flags
def remove_resource(
    resource: Resource, *, drop_tables: DropTables = False, flags: ChangeFlags
) -> int:
    """Remove a resource."""
    from scaffold.commands.change import Removal
    from scaffold.inputs import edit

    return _change(
        flags,
        f"remove resource {resource}",
        lambda project: edit.remove_resource(project.recipe, resource),
        removal=Removal(drop_tables),
    )


@remove.command("field", epilog=EXAMPLES["remove"])
@with_change_flags
def remove_field(
    resource: Resource,
    name: Annotated[str, argument("The field.", "FIELD")],
    *,
    drop_tables: DropTables = False,
    flags: ChangeFlags,
) -> int:
    """Remove a field of a resource."""
    from scaffold.commands.change import Removal
    from scaffold.inputs import edit

    return _change(
        flags,
        f"remove field {resource} {name}",
        lambda project: edit.remove_field(project.recipe, resource, name),
        removal=Removal(drop_tables),
    )


@remove.command("feature", epilog=EXAMPLES["remove"])
@with_change_flags
def remove_feature(name: Feature, *, drop_tables: DropTables = False, flags: ChangeFlags) -> int:
    """Remove a feature."""
    from scaffold.commands.change import Removal
    from scaffold.commands.finish import check_droppable
    from scaffold.inputs import edit

    def edited(project: "Project") -> "Recipe":
        recipe = edit.remove_feature(project.recipe, project.pack, name)
        if drop_tables:
            check_droppable(project, name)
        return recipe

    return _change(
        flags,
        f"remove feature {name}",
        edited,
        removal=Removal(drop_tables),
    )


@with_change_flags
def set_(
    values: Annotated[
        list[str] | None,
        argument("name, description, features or database, and the value.", "KEY=VALUE"),
    ] = None,
    *,
    flags: ChangeFlags,
) -> int:
    """Change a project's name, description, features or database."""
    from scaffold.inputs import edit

    if not values:
        return ask_for_change("set", EXAMPLES["set"], flags)
    wanted = edit.as_values(values)
    return _change(
        flags,
        f"set {', '.join(wanted)}",
        lambda project: edit.set_values(project.recipe, project.pack, wanted),
    )


@with_change_flags
def update(  # noqa: PLR0913 - one for each flag
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="VERSION", help="The version, or the tag or commit.")
    ] = "",
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Let the code of a cookiecutter template run without asking."),
    ] = False,
    fleet: FleetFile = None,
    wave_size: WaveSize = None,
    workers: Workers = None,
    offline: Offline = False,
    push: Push = False,
    flags: ChangeFlags,
) -> int:
    """Bring a project to the newest template; your changes stay."""
    from scaffold.commands.existing import other_version

    given = GivenForFleet(wave_size, workers, offline, push)
    if fleet:
        refuse({"--to": to, "--trust": trust}, ONE, IN_PROJECT)
        return update_fleet(fleet, flags, given)
    only_with_fleet(given.words())
    if root := template_project():
        from scaffold.cli.update_template import update as run

        return _shown(run(root, flags, to, trust=trust), flags)

    def same(project: "Project") -> "Recipe":
        if to and to != project.pack.version and not project.pack.origin:
            raise other_version(project, to)
        return project.recipe

    return _change(flags, "update", same, to=to)


def undo(
    *,
    abort: Annotated[
        bool, typer.Option("--abort", help="After conflicts: take back their resolution, too.")
    ] = False,
    keep_changed: Annotated[
        bool, typer.Option("--keep-changed", help="Leave files that were changed since then.")
    ] = False,
    as_json: Json = False,
    debug: Debug = False,  # noqa: ARG001 - read in cli.run
) -> int:
    """Take the last add, remove, set or update back, byte for byte."""
    from scaffold import output as show
    from scaffold.commands.undo import undo as run

    if abort and keep_changed:
        raise UsageError("--abort and --keep-changed exclude each other", "take one")
    done = run(Path.cwd(), abort=abort, keep_changed=keep_changed)
    if as_json:
        print_json({"path": str(done.root), "operation": done.name, "files": list(done.files)})
    else:
        show.undone(done)
    return Exit.DONE


def register(app: typer.Typer) -> None:
    """Add the commands for a project that exists."""
    app.add_typer(add)
    app.add_typer(remove)
    app.command("set", epilog=EXAMPLES["set"])(set_)
    app.command(epilog=EXAMPLES["update"])(update)
    app.command()(diff)
    app.command(epilog=EXAMPLES["undo"])(undo)
    app.command()(info)
