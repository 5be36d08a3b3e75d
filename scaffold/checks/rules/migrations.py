"""Migrations: one head in each Django app, and in Alembic's folder."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from scaffold.checks.module import Module, dotted, string
from scaffold.checks.project import Project
from scaffold.checks.rule import Level, Rule, Scope, Violation


def multiple_heads(project: Project, _limit: int) -> Iterator[Violation]:
    """Find folders of migrations with more than one head."""
    folders: dict[str, list[Module]] = defaultdict(list)
    for module in project.migrations:
        if not module.is_package:
            folders[module.path.rpartition("/")[0]].append(module)
    unread = {path.rpartition("/")[0] for path in project.unreadable}
    for folder, modules in sorted(folders.items()):
        if folder in unread:
            continue
        if leaves := _django_leaves(folder, modules):
            label = folder.split("/")[-2] if "/" in folder else folder
            yield _violation(folder, leaves, f"python manage.py makemigrations --merge {label}")
        elif leaves := _alembic_leaves(modules):
            yield _violation(folder, leaves, "alembic merge heads")


def _violation(folder: str, leaves: list[str], hint: str) -> Violation:
    message = f"{folder} has {len(leaves)} heads: {', '.join(leaves)}"
    return Violation(f"{folder}/{leaves[-1]}.py", message, symbol=folder, hint=hint)


def _django_leaves(folder: str, modules: list[Module]) -> list[str]:
    """Return the last migrations of an app, if there is more than one."""
    found = {module.path.rpartition("/")[2][:-3]: _lists(module) for module in modules}
    nodes = {name: lists for name, lists in found.items() if lists is not None}
    if not nodes or folder.rpartition("/")[2] == "versions":
        return []
    replaced: dict[str, str] = {}
    for name, lists in nodes.items():
        for _, old in lists["replaces"]:
            replaced[old] = name
    labels = [
        label for lists in nodes.values() for label, old in lists["dependencies"] if old in nodes
    ]
    own = max(sorted(set(labels)), key=labels.count, default="")
    needed = {
        old
        for name, lists in nodes.items()
        for label, old in lists["dependencies"]
        if label == own and name not in replaced
    }
    needed |= {replaced[old] for old in needed if old in replaced}
    leaves = sorted(set(nodes) - needed - set(replaced))
    return leaves if len(leaves) > 1 else []


def _lists(module: Module) -> dict[str, list[tuple[str, str]]] | None:
    """Return the dependencies and replaced migrations of a migration; None for other modules."""
    for statement in module.tree.body:
        if isinstance(statement, ast.ClassDef) and statement.name == "Migration":
            found: dict[str, list[tuple[str, str]]] = {"dependencies": [], "replaces": []}
            for part in statement.body:
                names = map(dotted, part.targets) if isinstance(part, ast.Assign) else ()
                for name in set(names) & set(found):
                    found[name] = list(_pairs(part))
            return found
    return None


def _pairs(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    for node in ast.walk(statement):
        match node:
            case ast.Tuple(elts=[label, name]):
                yield string(label), string(name)


def _alembic_leaves(modules: list[Module]) -> list[str]:
    """Return the heads of Alembic's revisions, if there is more than one without a label."""
    revisions: dict[str, str] = {}
    needed: set[str] = set()
    for module in modules:
        values = {}
        for node in module.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                values[dotted(target)] = node.value
        revision = string(values.get("revision"))
        if not revision:
            continue
        labels = values.get("branch_labels")
        if isinstance(labels, ast.expr) and not _is_none(labels):
            return []
        revisions[revision] = module.path.rpartition("/")[2][:-3]
        for name in ("down_revision", "depends_on"):
            if (value := values.get(name)) is not None:
                needed |= {string(node) for node in ast.walk(value)}
    leaves = sorted(name for revision, name in revisions.items() if revision not in needed)
    return leaves if len(leaves) > 1 else []


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


RULES = (
    Rule(
        "SCF304",
        "multiple-heads",
        Level.ERROR,
        Scope.PROJECT,
        "The migrations have more than one head.",
        "Two people each added a migration after the same one. Neither Django nor Alembic "
        "migrates until they are merged.",
        "Add a migration that merges both.",
        multiple_heads,
        advice="A7",
    ),
)
