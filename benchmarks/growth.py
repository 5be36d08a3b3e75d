"""What a project of one app costs, and one of fifty: start-up, checks, contracts, query guards."""

import shutil
from pathlib import Path

from benchmarks.projects import PACKS, environment, inside, write
from benchmarks.timing import once

COUNTS = (1, 25, 50)
RUNS = 3
LIMIT = 1.3  # per app, later against earlier; the machine is shared
APP = (
    "Item: name:str(40) note:text? maker:ref(accounts.User)@owner",
    "Entry: title:str(80) item:ref(Item,cascade)",
)
GUARDS = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "cost or queries"]
BARE = "bare import"
FLASK_BARE = "import flask, flask_admin, flask_limiter, flask_wtf, sqlalchemy.orm, pydantic"
DJANGO_BARE = (
    "import django; from django.conf import settings; settings.configure(INSTALLED_APPS="
    "['django.contrib.auth', 'django.contrib.contenttypes']); django.setup(); "
    "import rest_framework.serializers, django_filters"
)
COMMANDS = {
    "flask": {
        BARE: ["python", "-c", FLASK_BARE],
        "start-up": ["python", "-c", "from app import create_app; create_app()"],
        "import contracts": ["lint-imports", "--no-cache"],
        "query guards": ["python", *GUARDS],
    },
    "django": {
        BARE: ["python", "-c", DJANGO_BARE],
        "start-up": ["python", "-c", "import config.wsgi"],
        "check": ["python", "manage.py", "check", "--settings=config.settings.test"],
        "import contracts": ["lint-imports", "--no-cache"],
        "migrate": ["python", "manage.py", "migrate", "-v0", "--settings=config.settings.test"],
        "query guards": ["python", *GUARDS, "--no-migrations"],
    },
}
ONCE = ("query guards",)  # long enough to be steady


def report(folder: Path) -> str:
    """Measure and return the section."""
    parts = [
        "## Growth to 50 apps",
        "Processor seconds of a project with that many apps, two resources each; the best of "
        f"{RUNS}, the query guards once. ÷ bare: the last against importing the same libraries and "
        "nothing else. Per app: what each app of the last step adds, against one of the first; 1 "
        f"is linear, ≤ {LIMIT} passes. Django's start-up loads no URLs; its check does. Its "
        "`migrate` makes every model anew that leads to one just added, and all lead to the user: "
        "that is Django's own, so the query guards are measured without it.",
    ]
    for pack in PACKS:
        first = write(pack, apps(COUNTS[0]), folder / f"growth-{pack}-{COUNTS[0]}")
        inside(first, "uv", "sync", "--quiet")
        projects = {COUNTS[0]: first}
        for count in COUNTS[1:]:
            place = write(pack, apps(count), folder / f"growth-{pack}-{count}")
            (place / ".venv").symlink_to(first / ".venv")
            projects[count] = place
        parts.append(_table(pack, projects))
        for place in projects.values():
            shutil.rmtree(place)
    return "\n\n".join(parts)


def apps(count: int) -> dict[str, tuple[str, ...]]:
    """The resources of that many apps."""
    return {f"part{number:02}": APP for number in range(count)}


def _table(pack: str, projects: dict[int, Path]) -> str:
    shown = " | ".join(map(str, projects))
    lines = [f"| {pack}: apps | {shown} | ÷ bare | per app |", "|---" * (len(projects) + 3) + "|"]
    bare = 0.0
    for name, command in COMMANDS[pack].items():
        seconds = [_best(place, name, command) for place in projects.values()]
        bare = bare or seconds[0]
        ratio = f"{seconds[-1] / bare:.1f}" if name in ("start-up", "check") else ""
        text = " | ".join(f"{value:.2f}" for value in seconds)
        lines.append(f"| {name} | {text} | {ratio} | {_bend(name, seconds)} |")
    return "\n".join(lines)


def _best(place: Path, name: str, command: list[str]) -> float:
    line = [str(place / ".venv/bin" / command[0]), *command[1:]]
    variables = {} if name == "query guards" else environment(place)
    runs = 1 if name in ONCE else RUNS
    return min(once(line, place, variables).cpu for _ in range(runs))


def _bend(name: str, seconds: list[float]) -> str:
    """How much an app adds among many, against among few."""
    if name == BARE:
        return ""
    one, half, all_ = seconds
    few, middle, many = COUNTS
    early, late = (half - one) / (middle - few), (all_ - half) / (many - middle)
    return f"{late / early:.2f}" if early > 0 else "–"
