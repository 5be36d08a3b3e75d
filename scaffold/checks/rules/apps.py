"""What holds for the apps of both frameworks: no cycles, no web code in models, tests."""

import re
from collections import defaultdict
from collections.abc import Iterator

from scaffold.checks.apps import App, nearest
from scaffold.checks.module import Module
from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation
from scaffold.checks.settings import project_package, settings_roots

IMPORTED = re.compile(
    r"^\s*(?:from\s+([\w.]+)\s+import\s+([\w, ]+)|import\s+([\w.]+))", re.MULTILINE
)
WEB = {
    "flask": {
        "abort",
        "flash",
        "jsonify",
        "make_response",
        "redirect",
        "render_template",
        "request",
        "session",
    },
    "django.shortcuts": {"get_list_or_404", "get_object_or_404", "redirect", "render"},
    "django.http": {"Http404", "HttpResponse", "HttpResponseRedirect", "JsonResponse"},
    "rest_framework.response": {"Response"},
    "flask_login": {"current_user", "login_required"},
}
GUARD = "has_request_context"  # such a model works with and without a request
COMPOSE = re.compile(r"(^|/)(\w*urls|urls_\w+|routers?)(/|\.py$)|/management/commands/")


def import_cycles(project: Project, _limit: int) -> Iterator[Violation]:
    """Find pairs of apps that import each other, and where there is none, the shortest circle."""
    edges = _edges(project)
    pairs = [[one, other] for one, other in sorted(edges) if one < other and (other, one) in edges]
    graph: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        graph[one].add(other)
    for circle in pairs or filter(None, [_circle(graph)]):
        path, line = edges[circle[0], circle[1]]
        back, back_line = edges[circle[-1], circle[0]]
        names = " → ".join([*circle, circle[0]])
        message = f"apps import each other: {names}, the last at {back}:{back_line}"
        yield Violation(path, message, line, " ↔ ".join(sorted(circle)))


def web_in_models(project: Project, _limit: int) -> Iterator[Violation]:
    """Find modules of models that import what only a request has."""
    tables = (*project.classes.django_tables, *project.classes.sqlalchemy_tables)
    paths = {one.module.path for one in tables}
    for module in project.modules:
        if module.path not in paths or not _is_for_models(module):
            continue
        if GUARD in module.text or _are_pages(module):
            continue
        for one in module.index.imports:
            source, _, name = one.target.rpartition(".")
            if name in WEB.get(source, ()) and not one.place.type_checking:
                message = f"models import {one.target}, which belongs to views"
                yield Violation(module.path, message, one.line, one.target)


def apps_without_tests(project: Project, _limit: int) -> Iterator[Violation]:
    """Find apps that no test imports, and that have no tests of their own."""
    tested = _tested(project)
    tables = (*project.classes.django_tables, *project.classes.sqlalchemy_tables)
    with_tables = {one.module.path for one in tables}
    for app in project.apps:
        code = [module for module in app.modules if module.index.functions or module.index.classes]
        if not code or all(module.stem in ("apps", app.label) for module in code):
            continue
        if all(_is_for_models(module) and module.path not in with_tables for module in code):
            continue  # base classes for other apps
        inner = f"{app.folder}/"
        own = any(module.path.startswith(inner) and _has_test(module) for module in project.tests)
        named = any(
            re.search(rf"(^|[/_]){re.escape(app.label)}s?([/_.]|$)", module.path)
            for module in project.tests
        )
        imported = any(name == app.name or name.startswith(f"{app.name}.") for name in tested)
        if not (own or named or imported or _is_mentioned(project, app)):
            yield Violation(app.path, f"no test mentions {app.name}", symbol=app.name)


def _edges(project: Project) -> dict[tuple[str, str], tuple[str, int]]:
    """Return which app imports which, when it is imported itself, and where first."""
    folders = {app.folder: app.name for app in project.apps}
    found: dict[tuple[str, str], tuple[str, int]] = {}
    composing = set(map(project_package, settings_roots(project)))
    for app in project.apps:
        for module in app.modules:
            if app.folder in composing or COMPOSE.search(module.path):
                continue  # it puts the apps together, and no app needs it to be imported
            for one in module.index.imports:
                if one.place.in_function or one.place.type_checking or one.place.main:
                    continue
                target = project.module(one.target) or project.module(one.target.rpartition(".")[0])
                folder = nearest(target.path, folders) if target else ""
                if folder and folders[folder] != app.name and not _are_nested(folder, app.folder):
                    found.setdefault((app.name, folders[folder]), (module.path, one.line))
    return found


def _are_nested(one: str, other: str) -> bool:
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the shortest circle of a graph; empty where there is none."""
    best: list[str] = []
    for start in sorted(graph):
        paths = [[start]]
        seen = {start}
        while paths and not (best and len(paths[0]) >= len(best)):
            path = paths.pop(0)
            for step in sorted(graph.get(path[-1], ())):
                if step == start:
                    best = path
                    paths = []
                    break
                if step not in seen:
                    seen.add(step)
                    paths.append([*path, step])
    return best


def _are_pages(module: Module) -> bool:
    """Return whether models are pages of Wagtail, which answer requests themselves."""
    return any(one.target.startswith("wagtail.") for one in module.index.imports)


def _is_for_models(module: Module) -> bool:
    return any(part.startswith("models") for part in module.path.removesuffix(".py").split("/"))


def _tested(project: Project) -> set[str]:
    """Return every name that a test imports."""
    found = set()
    for module in project.tests:
        for source, names, plain in IMPORTED.findall(module.text):
            found.add(plain or source)
            found |= {f"{source}.{name.strip()}" for name in names.split(",") if source}
            if source.startswith("."):
                found.add(f"{module.package}{source}")
    return found


def _is_mentioned(project: Project, app: App) -> bool:
    """Return whether a test names an app, or an address, endpoint or template of it."""
    mine = {module.path for module in app.modules}
    labels = {one.label for one in project.blueprints if one.module.path in mine} - {""}
    words = [
        app.name,
        f"/{app.label}",
        *(f"{one}{end}" for one in {app.label, *labels} for end in ":."),
    ]
    quoted = [f"{quote}{word}" for word in words for quote in "'\""]
    quoted += [f"{quote}{app.name}{quote}" for quote in "'\""]
    return any(word in module.text for module in project.tests for word in quoted)


def _has_test(module: Module) -> bool:
    return "def test" in module.text


RULES = (
    Rule(
        "SCF401",
        "import-cycle",
        Level.WARNING,
        Scope.PROJECT,
        "Apps import each other.",
        "Neither of the two can be understood, tested or moved without the other, and one day the "
        "import fails because of the order.",
        "Break the cycle with a service, a signal or a third app.",
        import_cycles,
        advice="A17",
    ),
    Rule(
        "SCF402",
        "web-code-in-models",
        Level.WARNING,
        Scope.SYMBOL,
        "Models import code that belongs to views.",
        "Commands, workers and tests use models, too, and have no request to answer.",
        "Raise an error of your own in the model, and let the view turn it into an answer; pass "
        "the user as an argument.",
        web_in_models,
        advice="A2",
        bad="from flask import request\n",
        good="def rename(self, user: User, title: str) -> None: ...\n",
    ),
    Rule(
        "SCF403",
        "app-without-tests",
        Level.WARNING,
        Scope.PROJECT,
        "An app has no test that mentions it.",
        "Without a test, every change to it is a guess.",
        "Write one test for its most important page or function.",
        apps_without_tests,
        advice="A17",
    ),
)
