"""The blueprint in the README of a Flask project works as it stands there."""

import re
import subprocess
from pathlib import Path

import pytest
from tests.proofs import find_project

from .live import clone, environment

BLOCK = re.compile(r"```python\n# (app/\S+)\n(.*?)```", re.DOTALL)
FILES = {"models", "services", "admin", "api", "views"}
FILES |= {"tests/test_library_api", "tests/test_library_pages"}
STEPS = (
    ("make", "setup"),
    ("make", "migration", "m=library"),
    ("make", "migrate"),
    ("make", "check"),
    ("uv", "run", "pytest", "-q", "app/blueprints/library", "tests/test_structure.py"),
)


def test_the_blueprint_in_the_readme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    project = clone(find_project(request.config, tmp_path_factory), tmp_path)
    written = dict(BLOCK.findall((project / "README.md").read_text("utf-8")))
    if not (project / "app/blueprints").is_dir():  # Django's own guides have such an app
        assert not written
        return
    place = project / "app/blueprints/library"
    assert set(written) == {f"app/blueprints/library/{name}.py" for name in FILES}
    (place / "tests").mkdir(parents=True)
    for package in (place, place / "tests"):
        (package / "__init__.py").write_text('"""The library."""\n')
    for path, body in written.items():
        (project / path).write_text(body)
    env = environment(project, f"sqlite:///{tmp_path / 'library.sqlite3'}")
    del env["UV_PROJECT_ENVIRONMENT"]
    for step in STEPS:
        done = subprocess.run(
            step, cwd=project, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(step)}\n{done.stdout}\n{done.stderr}"
