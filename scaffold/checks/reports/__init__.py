"""Reports of a check: JSON, SARIF, JUnit XML, GitHub annotations, GitLab Code Quality."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scaffold.checks.reports import github, gitlab, json, junit, sarif
from scaffold.checks.result import CheckResult
from scaffold.errors import ScaffoldError, UsageError, did_you_mean
from scaffold.reporting import check_writable

TERMINAL = "terminal"
FORMS: Mapping[str, Callable[[CheckResult], str]] = {
    "json": json.text,
    "sarif": sarif.text,
    "junit": junit.text,
    "github": github.text,
    "gitlab": gitlab.text,
}
Output = tuple[str, Path | None]  # a form, and its file; standard output where there is none


def parse(wanted: Sequence[str]) -> list[Output]:
    """Read the values of `--output`: "sarif=FILE", "github", "json=-"; terminal without any.

    Raises:
        UsageError: there is no such form, or two are for standard output.
        ScaffoldError: a file cannot be written.
    """
    parsed: list[Output] = []
    for word in wanted or (TERMINAL,):
        form, _, file = word.partition("=")
        if form not in (*FORMS, TERMINAL):
            raise UsageError(f"there is no output {form!r}", did_you_mean(form, (*FORMS, TERMINAL)))
        if form == TERMINAL and file not in ("", "-"):
            raise UsageError("the output terminal has no file", "--output json=FILE")
        path = Path(file) if file not in ("", "-") else None
        if path:
            check_writable(path)
        parsed.append((form, path))
    shown = [form for form, path in parsed if path is None]
    if len(shown) > 1:
        raise UsageError(
            f"{' and '.join(shown)} are both for standard output",
            f"give one of them a file: --output {shown[-1]}=FILE",
        )
    return parsed


def write(result: CheckResult, outputs: Sequence[Output]) -> str:
    """Write the reports that have a file.

    Returns:
        The report for standard output; empty where there is none, or it is for people.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    printed = ""
    for form, path in outputs:
        if form == TERMINAL:
            continue
        text = FORMS[form](result)
        if path is None:
            printed = text
            continue
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ScaffoldError(f"{path} cannot be written: {error.strerror}") from None
    return printed
