"""What a run came to, in several forms at once."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scaffold.errors import ScaffoldError, UsageError
from scaffold.smoke.reports import github, json, junit
from scaffold.smoke.results import Summary
from scaffold.suggest import nearest

FORMS: Mapping[str, Callable[[Summary], str]] = {
    "json": json.text,
    "junit": junit.text,
    "github": github.text,
}


def parse(wanted: Sequence[str]) -> list[tuple[str, Path | None]]:
    """Read what was asked for: "json=FILE", "junit=FILE", "github".

    Raises:
        UsageError: there is no such report, or it needs a file.
        ScaffoldError: its file could not be written when all is done.
    """
    parsed = []
    for word in wanted:
        form, _, file = word.partition("=")
        if form not in FORMS:
            raise UsageError(f"there is no report {form}", nearest(form, FORMS))
        if form != "github" and not file:
            raise UsageError(f"report {form} needs a file", f"--report {form}=FILE")
        if file:
            check_place(Path(file))
        parsed.append((form, Path(file) if file else None))
    return parsed


def check_place(file: Path) -> None:
    """See before a run that a file can be written when it ends; its folder is made.

    Raises:
        ScaffoldError: it cannot.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScaffoldError(f"{file} cannot be written: {error.strerror}") from None
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise ScaffoldError(f"{file} cannot be written", "name another file")


def write(summary: Summary, wanted: Sequence[tuple[str, Path | None]]) -> str:
    """Write reports.

    Returns:
        What is to be printed on standard output: GitHub reads annotations there.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    for form, file in wanted:
        target = file or github.summary_file()
        if target is None:
            continue
        try:
            with target.open("w" if file else "a", encoding="utf-8") as stream:
                stream.write(FORMS[form](summary))
        except OSError as error:
            raise ScaffoldError(f"{target} cannot be written: {error.strerror}") from None
    return github.annotations(summary) if any(form == "github" for form, _ in wanted) else ""
