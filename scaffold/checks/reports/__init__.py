"""Reports of a check: JSON, SARIF, JUnit XML, GitHub annotations, GitLab Code Quality."""

from collections.abc import Callable, Collection, Mapping, Sequence
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


def parse(wanted: Sequence[str], forms: Collection[str] = tuple(FORMS)) -> list[Output]:
    """Read the values of `--output`: "sarif=FILE", "github", "json=-"; terminal without any.

    Args:
        wanted: the values.
        forms: which forms there are, beside the one for people.

    Raises:
        UsageError: there is no such form, or two are for standard output.
        ScaffoldError: a file cannot be written.
    """
    parsed: list[Output] = []
    for word in wanted or (TERMINAL,):
        form, _, file = word.partition("=")
        if form not in (*forms, TERMINAL):
            raise UsageError(f"there is no output {form!r}", did_you_mean(form, (*forms, TERMINAL)))
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
    """Write the reports of a check that have a file; see `write_texts`."""
    return write_texts(outputs, lambda form: FORMS[form](result))


def write_texts(outputs: Sequence[Output], text_of: Callable[[str], str]) -> str:
    """Write the reports that have a file.

    Args:
        outputs: what is wanted.
        text_of: gives the report of a form.

    Returns:
        The report for standard output; empty where there is none, or it is for people.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    printed = ""
    for form, path in outputs:
        if form == TERMINAL:
            continue
        text = text_of(form)
        if path is None:
            printed = text
            continue
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ScaffoldError(f"{path} cannot be written: {error.strerror}") from None
    return printed
