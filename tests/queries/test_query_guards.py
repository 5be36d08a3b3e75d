"""Who forgets how a relation is loaded is told by the project's own tests."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.proofs import inside, is_flask

PYTEST = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
# Of either pack: where models are, what a declaration of loading is in them, and the tests to run.
FLASK = ("app/blueprints/*/models.py", r" +lazy=\"(?:joined|selectin)\",\n", ["-k", "queries"])
DJANGO = ("apps/*/models.py", r"^    (?:joins|prefetches) = \(([^)]*)\)", ["-x"])


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the project that uses the environment of the original."""
    place = tmp_path / "copy"
    shutil.copytree(project, place, ignore=shutil.ignore_patterns(".venv", "*.sqlite3*", ".env"))
    (place / ".venv").symlink_to(project / ".venv")
    yield place
    shutil.rmtree(place)


def test_the_tests_pass_as_they_are(copy: Path) -> None:
    done = inside(copy, PYTEST)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_declaration_taken_away_is_noticed(copy: Path) -> None:
    """One at a time, in all models of the project: as large a proof as the project is."""
    pattern, declaration, chosen = FLASK if is_flask(copy) else DJANGO
    tried, unnoticed = 0, []
    for models in sorted(copy.glob(pattern)):
        text = models.read_text()
        for start, end, rest in declared(text, declaration):
            models.write_text(text[:start] + rest + text[end:])
            done = inside(copy, [*PYTEST, *chosen])
            where = f"{models.parent.name}, line {text.count(chr(10), 0, start) + 1}"
            tried += 1
            print(f"{where}: {', '.join(guards(done.stdout))}")
            if done.returncode != 1:
                unnoticed.append(f"{where}:\n{done.stdout[-500:]}{done.stderr[-500:]}")
        models.write_text(text)
    assert tried
    assert not unnoticed, "\n".join(unnoticed)


def declared(text: str, declaration: str) -> Iterator[tuple[int, int, str]]:
    """Where the declarations of loading are, and what stays in the place of each."""
    for found in re.finditer(declaration, text, re.MULTILINE):
        if declaration is FLASK[1]:
            yield *found.span(), ""
            continue
        names = re.findall(r"\w+", found[1])
        for gone in names:
            yield *found.span(1), "".join(f'"{name}", ' for name in names if name != gone)


def guards(output: str) -> list[str]:
    """The tests that failed: the file and the name, without the parameters."""
    failed = re.findall(r"^FAILED (\S+?)(?:\[|\s|$)", output, re.MULTILINE)
    return sorted({"::".join(Path(name).name.split("::")) for name in failed})
