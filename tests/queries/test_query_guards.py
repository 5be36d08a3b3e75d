"""Who forgets how a relation is loaded is told by the project's own tests."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proofs import inside, is_flask

# In turn: the model, the relation, and for either pack the line that goes.
DECLARATIONS = {
    "Post.author": ("blog", r"( +author: Mapped.*?)        lazy=\"joined\",\n",
                    r"class Post.*?()    joins = \(\"author\",\)\n"),
    "Product.category": ("shop", r"( +category: Mapped.*?)        lazy=\"joined\",\n",
                         r"class Product.*?()    joins = \(\"category\",\)\n"),
    "Product.tags": ("shop", r"( +tags: Mapped.*?)        lazy=\"selectin\",\n",
                     r"class Product.*?()    prefetches = \(\"tags\",\)\n"),
}  # fmt: skip


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the project that uses the environment of the original."""
    place = tmp_path / "copy"
    shutil.copytree(project, place, ignore=shutil.ignore_patterns(".venv", "*.sqlite3*", ".env"))
    (place / ".venv").symlink_to(project / ".venv")
    yield place
    shutil.rmtree(place)


def test_the_tests_pass_as_they_are(copy: Path) -> None:
    done = inside(copy, ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider"])
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("name", DECLARATIONS)
def test_a_declaration_taken_away_is_noticed(copy: Path, name: str) -> None:
    app, flask, django = DECLARATIONS[name]
    folder, pattern = ("app/blueprints", flask) if is_flask(copy) else ("apps", django)
    models = copy / folder / app / "models.py"
    text = models.read_text()
    found = re.search(pattern, text, re.DOTALL)
    assert found, f"{name} declares no loading in {models}"
    line = text[found.end(1) : found.end()] if is_flask(copy) else found[0].splitlines(True)[-1]
    models.write_text(text[: found.end() - len(line)] + text[found.end() :])
    done = inside(copy, ["python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"])
    assert done.returncode == 1, f"nobody noticed:\n{done.stdout[-2000:]}{done.stderr[-1000:]}"
    print("\n".join(line for line in done.stdout.splitlines() if line.startswith("FAILED")))
