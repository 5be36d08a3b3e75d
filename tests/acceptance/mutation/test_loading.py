"""Who forgets how a relation is loaded is told by the project's own tests."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import check, copy, find_project, is_flask, run

TESTS = ("uv", "run", "--quiet", "pytest", "-q", "-x", "-p", "no:cacheprovider")
FLASK = re.compile(r'lazy="(?:joined|selectin)"(?:,\s*)?|,\s*lazy="(?:joined|selectin)"(?=\))')
DJANGO = re.compile(r"\.?(?:select_related|prefetch_related)(?:\(| = \[)([^])]*)[])]")


@pytest.fixture
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Path:
    return copy(find_project(request.config, tmp_path_factory), tmp_path)


def mutants(text: str, flask: bool) -> Iterator[str]:
    """Yield a text without one declaration of loading, for each of them."""
    if flask:
        for found in FLASK.finditer(text):
            yield text[: found.start()] + text[found.end() :]
        return
    for found in DJANGO.finditer(text):
        names = re.findall(r"\w+", found[1])
        for gone in names:
            rest = ", ".join(f'"{name}"' for name in names if name != gone)
            whole = found.span(1) if rest or found[0][-1] == "]" else found.span()
            yield text[: whole[0]] + rest + text[whole[1] :]


def test_each_declaration_taken_away_is_noticed(project: Path) -> None:
    check(run(project, *TESTS))
    flask, tried = is_flask(project), 0
    folder = project / ("app/blueprints" if flask else "apps")
    names = ["models.py"] if flask else ["admin.py", "views.py"]
    unnoticed = []
    for module in sorted(path for name in names for path in folder.rglob(name)):
        text = module.read_text("utf-8")
        for number, mutant in enumerate(mutants(text, flask)):
            module.write_text(mutant, "utf-8")
            done = run(project, *TESTS)
            tried += 1
            if done.returncode != 1:
                name = module.relative_to(project)
                unnoticed.append(f"{name}, {number}:\n{done.stdout[-500:]}")
        module.write_text(text, "utf-8")
    assert tried >= 5
    assert not unnoticed, "\n".join(unnoticed)
