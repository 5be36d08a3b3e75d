"""Reports of a run: JSON, JUnit XML and GitHub Actions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.reporting import check_writable
from scaffold.smoke.reports import github, json, junit
from scaffold.smoke.results import RunResult

FORMATS: Mapping[str, Callable[[RunResult], str]] = {
    "json": json.text,
    "junit": junit.text,
    "github": github.text,
}


def parse(wanted: Sequence[str]) -> list[tuple[str, Path | None]]:
    """Parse the values of `--report`: "json=FILE", "junit=FILE", "github".

    Raises:
        UsageError: there is no such report, or it needs a file.
        ScaffoldError: the file cannot be written.
    """
    parsed = []
    for word in wanted:
        name, _, file = word.partition("=")
        if name not in FORMATS:
            raise UsageError(f"there is no report {name}", did_you_mean(name, FORMATS))
        if name != "github" and not file:
            raise UsageError(f"report {name} needs a file", f"--report {name}=FILE")
        if file:
            check_writable(Path(file))
        parsed.append((name, Path(file) if file else None))
    return parsed


def write(run: RunResult, wanted: Sequence[tuple[str, Path | None]]) -> str:
    """Write reports.

    Returns:
        Text for standard output, where GitHub reads annotations.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    for name, file in wanted:
        target = file or github.summary_file()
        if target is None:
            continue
        try:
            with target.open("w" if file else "a", encoding="utf-8") as stream:
                stream.write(FORMATS[name](run))
        except OSError as error:
            raise ScaffoldError(f"{target} cannot be written: {error.strerror}") from None
    return github.annotations(run) if any(name == "github" for name, _ in wanted) else ""
