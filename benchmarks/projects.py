"""Generated projects to measure, and commands in them."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from uv import find_uv_bin

PACKS = ("flask", "django")
HIDDEN = ("VIRTUAL_ENV", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")


def write(pack: str, apps: Mapping[str, Sequence[str]], place: Path) -> Path:
    """Render a project with the default features; gives its folder.

    Args:
        pack: name of the pack.
        apps: the lines of each app's resources.
        place: where the project's folder is made.
    """
    from scaffold.model.recipe import Recipe, parse_apps
    from scaffold.packs.catalog import find_pack
    from scaffold.packs.pack import choose_features
    from scaffold.rendering.render import render

    found = find_pack(pack)
    features, _ = choose_features(found, found.defaults)
    parsed = parse_apps({name: list(lines) for name, lines in apps.items()})
    recipe = Recipe(
        pack=pack,
        name="Acme",
        slug="acme",
        features=features,
        apps=parsed,
        pack_version=found.version,
    )
    for path, file in render(recipe).items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if file.executable:
            target.chmod(0o755)
    return place


def environment(project: Path, **variables: str) -> dict[str, str]:
    """The variables of a production server in a project."""
    own = {key: value for key, value in os.environ.items() if key not in HIDDEN}
    path = [str(project / ".venv/bin"), str(Path(find_uv_bin()).parent), own.get("PATH", "")]
    return own | {
        "PATH": os.pathsep.join(path),
        "ALLOWED_HOSTS": "127.0.0.1",
        "API_RATE": "1000000/s",  # the throttle keeps every request of its window
        "DATABASE_URL": f"sqlite:///{project / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "FLASK_DEBUG": "0",
        "SECRET_KEY": "only for a measurement, and long enough for Django's own check, 0123456789",
        "TRUSTED_PROXIES": "1",
        **variables,
    }


def inside(project: Path, *command: str) -> None:
    """Run a command in a project.

    Raises:
        RuntimeError: it failed.
    """
    done = subprocess.run(
        command, cwd=project, env=environment(project), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"[-3000:])
