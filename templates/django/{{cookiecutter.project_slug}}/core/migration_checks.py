"""`make check` refuses migrations that lose data, lock tables or cannot be undone, unless reviewed.

Somebody who has thought about it says so in the migration: `reviewed = "why this is safe"`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from core.discovery import project_apps

RISKS: dict[type[operations.base.Operation], str] = {
    operations.RemoveField: "loses data",
    operations.DeleteModel: "loses data",
    operations.RenameField: "breaks the code that still runs while it is deployed",
    operations.RenameModel: "breaks the code that still runs while it is deployed",
    operations.AlterModelTable: "breaks the code that still runs while it is deployed",
    operations.AddIndex: "locks the table while the index is built",
    operations.AddConstraint: "locks the table while its rows are checked",
}


@register("migrations", deploy=True)
def check_migrations(app_configs: Iterable[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Check every migration of the apps but the first ones, which find no data."""
    graph = MigrationLoader(None).graph
    plan = dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf))
    labels = {app.label for app in project_apps()}
    state = ProjectState()
    found: list[CheckMessage] = []
    for key in plan:
        migration = graph.nodes[key]
        if key[0] in labels and not migration.initial and not getattr(migration, "reviewed", ""):
            found += [
                Error(
                    f"{migration} {risk}.",
                    hint='When that is meant, say why: reviewed = "…" in its class Migration.',
                    id="core.E004",
                )
                for risk in risks(migration, state)
            ]
        state = migration.mutate_state(state, preserve=False)
    return found


def risks(migration: Migration, state: ProjectState) -> Iterator[str]:
    """Say what is dangerous in a migration.

    Args:
        migration: what to look at.
        state: the models before it.
    """
    state = state.clone()
    for operation in migration.operations:
        for risk in _risks(operation, migration.app_label, state):
            yield f"{risk}: {operation.describe()}"
        operation.state_forwards(migration.app_label, state)


def _risks(operation: Any, app: str, state: ProjectState) -> Iterator[str]:
    if type(operation) in RISKS:
        yield RISKS[type(operation)]
    if not operation.reversible:
        yield "cannot be undone"
    if isinstance(operation, operations.AlterField):
        before: Any = state.models[app, operation.model_name_lower].fields[operation.name]
        after: Any = operation.field
        if type(before) is not type(after) or _is_narrower(before, after):
            yield "fails or locks where rows do not fit"


def _is_narrower(before: Any, after: Any) -> bool:
    longest = [field.max_length or 0 for field in (before, after)]
    return bool(
        (before.null and not after.null)
        or (after.unique and not before.unique)
        or 0 < longest[1] < (longest[0] or longest[1] + 1)
    )
