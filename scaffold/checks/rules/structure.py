"""Structure: every part in the place where someone looks for it."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator

from scaffold.checks.apps import App
from scaffold.checks.fixes import create_migrations
from scaffold.checks.module import dotted
from scaffold.checks.project import Project
from scaffold.checks.rule import Fix, Level, Rule, Scope, Violation

LEFTOVERS = (".bak", ".swp", ".swo", ".tmp", ".pyc", "~", ".DS_Store", "Thumbs.db")
DATABASES = (".sqlite3", ".sqlite3-journal")
LIKE = 3  # apps that make a pattern
SHARE = 0.75  # of the apps that have the part


def missing_files(project: Project, _limit: int) -> Iterator[Violation]:
    """Find apps of Django whose tables have no migrations, and packages without `__init__.py`."""
    with_tables = {one.module.path for one in project.classes.django_tables}
    for app in project.apps:
        if app.framework != "django" or not with_tables.intersection(m.path for m in app.modules):
            continue
        if not project.exists(f"{app.folder}/migrations") and not _renamed_migrations(project, app):
            message = f"{app.name} has models but no {app.folder}/migrations/"
            hint = f"python manage.py makemigrations {app.label}"
            yield Violation(app.path, message, symbol=app.name, hint=hint)


def extra_files(project: Project, _limit: int) -> Iterator[Violation]:
    """Find backups, caches and databases that are committed, and modules that hide each other."""
    files = project.tracked or set(project.files)
    for path in sorted(files):
        name = path.rpartition("/")[2]
        if name.endswith(LEFTOVERS) or "__pycache__" in path.split("/"):
            yield Violation(path, f"{path} is a leftover of a tool", hint=f"git rm --cached {path}")
        elif name.endswith(DATABASES) and project.tracked and "test" not in path:
            message = f"{path} is a database, and everyone who clones gets it"
            yield Violation(path, message, hint=f"git rm --cached {path}")
    packages = {path.removesuffix("/__init__.py") for path in project.files}
    for module in project.modules:
        if (twin := module.path.removesuffix(".py")) in packages and not module.is_package:
            yield Violation(module.path, f"{module.path} is hidden by {twin}/__init__.py")


def misplaced_files(project: Project, _limit: int) -> Iterator[Violation]:
    """Find migrations and commands of Django where Django does not look for them."""
    for one in project.classes.by_name.values():
        parts = one.module.path.split("/")
        if one.node.name == "Migration" and "django.db.migrations.Migration" in one.bases:
            message = "this migration is outside of a folder called migrations"
            yield Violation(one.module.path, message, one.node.lineno, one.symbol)
        is_command = "django.core.management.base.BaseCommand" in one.bases
        if one.node.name == "Command" and is_command and parts[-3:-1] != ["management", "commands"]:
            message = "this command is outside of management/commands/, where Django finds commands"
            yield Violation(one.module.path, message, one.node.lineno, one.symbol)


def unusual_shapes(project: Project, _limit: int) -> Iterator[Violation]:
    """Find apps that keep a part in another file than all those beside them do."""
    siblings: dict[tuple[str, str], list[App]] = defaultdict(list)
    for app in project.apps:
        siblings[app.framework, app.folder.rpartition("/")[0]].append(app)
    for apps in siblings.values():
        for part, homes in _parts(project, apps).items():
            counts = Counter(name for names in homes.values() for name in names)
            usual, count = counts.most_common(1)[0] if counts else ("", 0)
            if len(homes) <= LIKE or count < SHARE * len(homes):
                continue
            for app in apps:
                names = homes.get(app.name, set())
                others = {name for other in homes if other != app.name for name in homes[other]}
                if names and not names & others:
                    where = ", ".join(sorted(names))
                    message = (
                        f"{app.name} has its {part} in {where}; "
                        f"{count} of {len(homes)} apps have them in {usual}"
                    )
                    yield Violation(app.path, message, symbol=f"{app.name}: {part}")


def _parts(project: Project, apps: list[App]) -> dict[str, dict[str, set[str]]]:
    """Return where each app has its models, routes and admin classes: the files within the app."""
    owners = {module.path: app for app in apps for module in app.modules}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(part: str, path: str) -> None:
        if app := owners.get(path):
            home = path.removeprefix(f"{app.folder}/").removesuffix(".py").partition("/")[0]
            kind = f"API {part}" if home.startswith("api") else part  # beside the pages, not odd
            found[kind][app.name].add(home)

    for one in (*project.classes.django_tables, *project.classes.sqlalchemy_tables):
        add("models", one.module.path)
    for route in project.routes:
        add("routes", route.module.path)
    for module in project.modules_with("register"):
        for name, _ in module.index.classes:
            for decorator in name.decorator_list:
                call = decorator.func if isinstance(decorator, ast.Call) else decorator
                if module.qualified(call) == "django.contrib.admin.register":
                    add("admin classes", module.path)
    return found


def _renamed_migrations(project: Project, app: App) -> bool:
    """Return whether settings say that the migrations of an app are elsewhere, or nowhere."""
    return any(
        "MIGRATION_MODULES" in map(dotted, getattr(node, "targets", ()))
        for module in project.modules_with("MIGRATION_MODULES")
        for node, _ in module.index.assigns
    ) or any(module.path.startswith(f"{app.folder}/") for module in project.migrations)


RULES = (
    Rule(
        "SCF101",
        "missing-file",
        Level.ERROR,
        Scope.FILE,
        "A Django app has models but no migrations.",
        "Django creates no tables for it, and `makemigrations` skips an app without the "
        "folder unless it is named.",
        "Create the first migration, and commit it.",
        missing_files,
        fix=Fix(True, "Creates the folder.", create_migrations),
        advice="A1",
    ),
    Rule(
        "SCF102",
        "extra-file",
        Level.WARNING,
        Scope.FILE,
        "A file does not belong in the repository.",
        "Backups and caches turn up in every search, a committed database is somebody's data, "
        "and a module beside a package of the same name is never imported.",
        "Remove the file, and add its pattern to `.gitignore`.",
        extra_files,
        advice="A1",
    ),
    Rule(
        "SCF103",
        "misplaced-file",
        Level.ERROR,
        Scope.SYMBOL,
        "A migration or a command is where Django does not look for it.",
        "Django finds migrations and commands by their folder; elsewhere they do not exist.",
        "Move it to `migrations/` or `management/commands/` of its app.",
        misplaced_files,
        advice="A1",
    ),
    Rule(
        "SCF104",
        "unusual-shape",
        Level.WARNING,
        Scope.PROJECT,
        "An app keeps a part in a different file from the other apps.",
        "A newcomer who knows one app knows them all, if they have the same files with the same "
        "names.",
        "Move the part to the file where the other apps have it.",
        unusual_shapes,
        advice="A1",
    ),
)
