"""Flask: links to endpoints, in Python and in templates."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from scaffold.checks.module import argument, called, dotted, keyword, string
from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation

URL_FOR = re.compile(r"""\burl_for\(\s*(['"])([\w.-]+)\1""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
HARMLESS = {"register_blueprint", "exempt", "init_app"}  # calls that add no route to a blueprint


@dataclass
class Endpoints:
    """The endpoints of an application.

    Args:
        by_blueprint: the endpoints of each blueprint, by its label, where all of them are known.
        others: the endpoints of the application, and of code that cannot be followed.
        names: the last part of every endpoint.
    """

    by_blueprint: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    others: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def has(self, endpoint: str, *, relative: bool) -> bool:
        """Return whether there may be such an endpoint."""
        *parents, name = endpoint.split(".")
        if name == "static" or name in self.others:
            return True
        if relative and name in self.names:
            return True
        if not parents:
            return False
        return parents[-1] not in self.by_blueprint or name in self.by_blueprint[parents[-1]]


def unknown_endpoints(project: Project, _limit: int) -> Iterator[Violation]:
    """Find links to endpoints that no blueprint has."""
    if not project.uses("flask"):
        return
    known = endpoints(project)
    for path, line, endpoint, symbol in _links(project):
        name = endpoint.removeprefix(".")
        if not known.has(name, relative=endpoint != name):
            message = f"url_for({endpoint!r}) finds no endpoint"
            yield Violation(path, message, line, symbol or endpoint)


def endpoints(project: Project) -> Endpoints:
    """Return the endpoints of an application, as far as they are in its source."""
    found = Endpoints()
    labels: dict[str, str] = {one.name: one.label for one in project.blueprints}
    for one in project.blueprints:
        if one.label:
            found.by_blueprint[one.label]
    for route in project.routes:
        found.names.add(route.endpoint)
        if label := labels.get(route.owner):
            found.by_blueprint[label].add(route.endpoint)
        else:
            found.others.add(route.endpoint)
    found.others |= _named(project)
    handed = list(_handed_over(project, labels))
    for label in _open_labels(project, labels) | {label for label, _ in handed}:
        found.by_blueprint.pop(label, None)
    found.others |= {string(value) for _, call in handed for value in call.args} - {""}
    return found


def _named(project: Project) -> set[str]:
    """Return the endpoints that calls name: `endpoint=`, `as_view("name")`, `add_url_rule`."""
    names = set()
    for module in project.modules_with("endpoint", "as_view", "add_url_rule"):
        for call, _ in module.index.calls:
            last = called(call)
            names.add(string(keyword(call, "endpoint")))
            if last == "as_view":
                names.add(string(argument(call, 0, "name")))
            elif last == "add_url_rule":
                names.add(string(argument(call, 1, "endpoint")))
                view = argument(call, 2, "view_func")
                names.add(dotted(view).rpartition(".")[2] if view else "")
    return names - {""}


def _handed_over(project: Project, labels: dict[str, str]) -> Iterator[tuple[str, ast.Call]]:
    """Yield the blueprints that are given to code which may add routes to them, and the call."""
    symbols = {name.rpartition(".")[2] for name in labels}
    for module in project.modules_with(*symbols):
        names = {name for name, _ in module.index.names}
        meant = {name: labels.get(project.origin(module.full_name(name)), "") for name in names}
        for call, _ in module.index.calls if any(meant.values()) else ():
            if called(call) in HARMLESS:
                continue
            for value in (*call.args, *(one.value for one in call.keywords)):
                if label := meant.get(dotted(value)):
                    yield label, call


def _open_labels(project: Project, labels: dict[str, str]) -> set[str]:
    """Return the blueprints with routes whose endpoints are not in the source."""
    found = set()
    for module in project.modules_with("add_url_rule"):
        for call, _ in module.index.calls:
            if isinstance(call.func, ast.Attribute) and called(call) == "add_url_rule":
                view = argument(call, 2, "view_func")
                named = string(argument(call, 1, "endpoint"))
                if view is not None and not dotted(view) and not named:
                    found.add(labels.get(project.origin(module.qualified(call.func.value)), ""))
    seen: set[str] = set()
    for one in project.blueprints:  # two of one name: which of them is meant cannot be told
        found |= {one.label} & seen
        seen.add(one.label)
    return found


def _links(project: Project) -> Iterator[tuple[str, int, str, str]]:
    """Yield the literal links: file, line, endpoint, the function around it."""
    for module in project.modules_with("url_for"):
        for call, place in module.index.calls:
            endpoint = string(argument(call, 0, "endpoint")) if called(call) == "url_for" else ""
            if endpoint:
                symbol = f"{place.symbol} → {endpoint}" if place.symbol else endpoint
                yield module.path, call.lineno, endpoint, symbol
    for template in project.templates:
        if "url_for" not in template.text:
            continue
        text = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), template.text)
        for match in URL_FOR.finditer(text):
            yield template.path, text.count("\n", 0, match.start()) + 1, match[2], ""


RULES = (
    Rule(
        "SCF206",
        "unknown-endpoint",
        Level.ERROR,
        Scope.SYMBOL,
        "A link names an endpoint that does not exist.",
        "`url_for` fails only when the page is requested, and the page answers 500.",
        "Name an endpoint that exists: `blueprint.function`.",
        unknown_endpoints,
        bad="{{ url_for('blog.show') }}  {# the function is called post_detail #}\n",
        good="{{ url_for('blog.post_detail', post_id=post.id) }}\n",
    ),
)
