"""`--fleet` of the commands `check` and `update`: read options, run, show."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.json_output import print_json
from scaffold.errors import UsageError

if TYPE_CHECKING:
    from scaffold.cli.project_options import ChangeFlags

ONE = "is for one repository, not for a fleet"
IN_PROJECT = "run it in the repository itself"
FleetFile = Annotated[
    Path | None,
    typer.Option("--fleet", metavar="FILE", help="All repositories of a fleet file."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="With --fleet: repositories at a time; default: the number of cores.",
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="With --fleet: use what was fetched before.")
]
WaveSize = Annotated[
    int | None,
    typer.Option(
        "--wave-size", min=1, metavar="N", help="With --fleet: at most N repositories a wave."
    ),
]
Push = Annotated[bool, typer.Option("--push", help="With --fleet: push the branches.")]


@dataclass(frozen=True)
class FleetFlags:
    """The flags of a check of a fleet."""

    fleet: Path
    workers: int
    offline: bool
    as_json: bool
    quiet: bool


@dataclass(frozen=True)
class GivenForFleet:
    """The flags of `update` that are for a fleet alone, as they were given."""

    wave_size: int | None
    workers: int | None
    offline: bool
    push: bool

    def words(self) -> dict[str, object]:
        """Return them by what is typed."""
        return {f"--{name.replace('_', '-')}": value for name, value in vars(self).items()}


def refuse(flags: Mapping[str, object], why: str, hint: str) -> None:
    """Refuse flags that would be ignored.

    Args:
        flags: what was given, by the flags.
        why: what the message ends with.
        hint: what to type instead.

    Raises:
        UsageError: one of them was given.
    """
    for flag, value in flags.items():
        if value:
            raise UsageError(f"{flag} {why}", hint)


def only_with_fleet(flags: Mapping[str, object]) -> None:
    """Refuse flags of a fleet where none is named.

    Raises:
        UsageError: one of them was given.
    """
    refuse(flags, "is for a fleet of repositories", "name its file: --fleet fleet.toml")


def check_fleet(flags: FleetFlags, output: Sequence[str], policy: str) -> int:
    """Check a fleet, write reports, show the table; return the exit code."""
    from scaffold import output as show
    from scaffold.checks.reports import TERMINAL, parse, write_texts
    from scaffold.fleet import check_fleet as run
    from scaffold.fleet import read_fleet
    from scaffold.fleet.reports import FORMS
    from scaffold.policies.find import outside_policy

    outputs = parse([*output, *(["json"] if flags.as_json else ())], tuple(FORMS))
    fleet = read_fleet(flags.fleet)
    bound = outside_policy(policy or fleet.policy)
    with _progress(silent=flags.as_json or flags.quiet) as watch:
        result = run(fleet, bound, workers=flags.workers, offline=flags.offline, watch=watch)
    sys.stdout.write(write_texts(outputs, lambda form: FORMS[form](result)))
    if (TERMINAL, None) in outputs and (result.code or not flags.quiet):
        show.fleet_check(result)
    return result.code


def update_fleet(fleet: Path, flags: "ChangeFlags", given: GivenForFleet) -> int:
    """Update a fleet and show what happened; return the exit code."""
    from scaffold import output as show
    from scaffold.fleet import UpdateOptions, read_fleet
    from scaffold.fleet import update_fleet as run

    refuse({"--force": flags.force, "--pack": flags.pack}, ONE, IN_PROJECT)
    read = read_fleet(fleet)
    options = UpdateOptions(
        dry_run=flags.dry_run,
        install=not flags.no_install,
        push=given.push,
        offline=given.offline,
        wave_size=given.wave_size or 0,
        workers=given.workers or 0,
        policy=flags.policy or read.policy,
    )
    with _progress(silent=flags.as_json or flags.quiet) as watch:
        result = run(read, options, watch)
    if flags.as_json:
        print_json({**result.as_dict(), "dry_run": flags.dry_run})
    elif result.code or not flags.quiet:
        show.fleet_update(result, dry_run=flags.dry_run)
    return result.code


@contextmanager
def _progress(*, silent: bool) -> Iterator[Callable[[str], None]]:
    from scaffold import output as show

    if silent:
        yield lambda _: None
        return
    with show.progress() as watch:
        yield watch
