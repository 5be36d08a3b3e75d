"""Apply the fixes of violations to the files of a project."""

import ast
from collections.abc import Iterator
from contextlib import suppress

from scaffold.checks.project import Project
from scaffold.checks.result import CheckResult, Finding


def apply_fixes(project: Project, result: CheckResult, *, unsafe: bool) -> tuple[str, ...]:
    """Fix what can be fixed; a fix that would leave a file that is not Python is left out.

    Args:
        project: the project.
        result: what was found in it.
        unsafe: apply unsafe fixes, too.

    Returns:
        The files that were written.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    written: dict[str, None] = {}
    for one in _fixable(result, unsafe=unsafe):
        fix = one.rule.fix
        with suppress(SyntaxError):  # somebody's file, or a fix that did not fit it
            for path, content in (fix.edits(project, one.violation) if fix else {}).items():
                if path.endswith(".py"):
                    ast.parse(content)
                project.write(path, content)
                written[path] = None
    return tuple(written)


def _fixable(result: CheckResult, *, unsafe: bool) -> Iterator[Finding]:
    """Yield violations with a fix, the last line of a file first, so that lines stay right."""
    for one in reversed(result.findings):
        if one.rule.fix and (unsafe or one.rule.fix.safe):
            yield one
