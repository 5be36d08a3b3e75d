"""What `add`, `remove` and `set` do without arguments: ask, then run the command that was meant."""

from pathlib import Path

from scaffold.cli.project_options import ChangeFlags
from scaffold.errors import Exit, UsageError


def ask_for_change(verb: str, examples: str, flags: ChangeFlags) -> int:
    """Ask what to change, then run the command that the answers make.

    Args:
        verb: add, remove or set.
        examples: commands of this kind, as the help shows them.
        flags: the flags that were given.

    Raises:
        UsageError: nobody can be asked.
    """
    from scaffold.cli import run
    from scaffold.cli.options import why_nobody_is_asked
    from scaffold.commands.existing import check_clean, open_project, policy_of
    from scaffold.process import in_terminal

    if flags.as_json or not in_terminal():
        example = next(line for line in examples.splitlines() if "scaffold " in line).strip()
        said = f"{why_nobody_is_asked()}, and nothing says what to {verb}"
        raise UsageError(said, f"for example {example}")
    from scaffold.wizard import ask_change

    project = open_project(Path.cwd(), flags.pack)
    unwatched = flags.force or flags.dry_run
    check_clean(project.root, force=unwatched)  # before somebody answers in vain
    words = ask_change(project, verb, flags.words(), policy_of(project, flags.policy))
    return run(words) if words else Exit.INTERRUPTED
