"""Fixes of violations: each returns the new contents of files, or nothing where it cannot know."""

import ast
import re
from collections.abc import Sequence

from scaffold.checks.apps import App, nearest
from scaffold.checks.project import Project
from scaffold.checks.rule import Edits, Violation
from scaffold.checks.settings import settings_modules

COMMENT = re.compile(r"[ \t]*(?:#|\{#|<!--)\s*scaffold: ignore.*$")


def create_migrations(_project: Project, violation: Violation) -> Edits:
    """Create the package that migrations go to."""
    folder = violation.path.rpartition("/")[0]
    return {f"{folder}/migrations/__init__.py": b""}


def register_in_admin(project: Project, violation: Violation) -> Edits:
    """Register a model in the `admin.py` of its app."""
    app = _app_of(project, violation.path)
    module = next((one for one in project.modules if one.path == violation.path), None)
    if app is None or module is None or project.exists(f"{app.folder}/admin"):
        return {}
    path = f"{app.folder}/admin.py"
    text = project.read(path)
    imports = [f"from {module.name} import {violation.symbol}"]
    if "from django.contrib import admin" not in text:
        imports.insert(0, "from django.contrib import admin")
    text = _with_imports(text, imports)
    name = violation.symbol
    text += f"\n\n@admin.register({name})\nclass {name}Admin(admin.ModelAdmin):\n    pass\n"
    return {path: text.encode()}


def install_app(project: Project, violation: Violation) -> Edits:
    """Name an app at the end of the list of INSTALLED_APPS."""
    for module in settings_modules(project):
        text = project.read(module.path)
        for node in ast.parse(text).body:
            names = [ast.unparse(one) for one in getattr(node, "targets", ())]
            value = getattr(node, "value", None)
            if "INSTALLED_APPS" in names and isinstance(value, ast.List) and value.elts:
                last = value.elts[-1]
                lines = text.splitlines(keepends=True)
                number, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
                line = lines[number].encode()
                space = "\n    " if last.lineno != value.lineno else " "
                added = f',{space}"{violation.symbol}"'.encode()
                lines[number] = (line[:column] + added + line[column:]).decode()
                return {module.path: "".join(lines).encode()}
    return {}


def make_settings_safe(project: Project, violation: Violation) -> Edits:
    """Turn DEBUG off, or read the secret from the environment."""
    text = project.read(violation.path)
    lines = text.splitlines(keepends=True)
    place = violation.line - 1
    statement = next((one for one in ast.parse(text).body if one.lineno == violation.line), None)
    if statement is None or statement.end_lineno != violation.line:
        return {}
    value = "False" if violation.symbol == "DEBUG" else 'os.environ["SECRET_KEY"]'
    lines[place] = f"{violation.symbol} = {value}\n"
    changed = "".join(lines)
    if violation.symbol == "SECRET_KEY" and not re.search(r"^import os$", text, re.MULTILINE):
        changed = _with_imports(changed, ["import os"])
    return {violation.path: changed.encode()}


def remove_comment(project: Project, violation: Violation) -> Edits:
    """Remove the comment in a line, and the line where nothing else is in it."""
    lines = project.read(violation.path).splitlines(keepends=True)
    place = violation.line - 1
    left = COMMENT.sub("", lines[place].rstrip("\n"))
    lines[place] = f"{left}\n" if left.strip() else ""
    return {violation.path: "".join(lines).encode()}


def _app_of(project: Project, path: str) -> App | None:
    apps = {app.folder: app for app in project.apps}
    return apps.get(nearest(path, dict.fromkeys(apps, "")))


def _with_imports(text: str, imports: Sequence[str]) -> str:
    """Add imports behind the last one at the top of a module, or behind its docstring."""
    body = ast.parse(text).body
    start = 0
    for number, node in enumerate(body):
        docstring = number == 0 and isinstance(node, ast.Expr)
        if docstring or isinstance(node, ast.Import | ast.ImportFrom):
            start = node.end_lineno or 0
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:start], *(f"{one}\n" for one in imports), *lines[start:]])
