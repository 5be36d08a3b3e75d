"""What the pages of promises name as their proof is there: files, tests, steps, benchmarks."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from benchmarks.__main__ import SECTIONS

ROOT = Path(__file__).parent.parent
PAGES = {"flask": ["flask"], "django": ["django"], "smoke": [], "proofs": ["flask", "django"]}
LAYER = re.compile(r"templates/(\w+)/.*?\{\{cookiecutter\.project_slug\}\}/")
LINK = re.compile(r"\]\((?!http)([^)#]+)")
STEPS = re.compile(r"\bsteps? (`[^`]+`(?:(?:, | and )`[^`]+`)*)", re.IGNORECASE)


@cache
def listed() -> tuple[str, ...]:
    """The files of the repository."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(done.stdout.splitlines())


def sources(path: str, packs: list[str]) -> list[Path]:
    """The files that a page may mean: of this repository, or templates of a project's."""
    if not path.startswith("project/"):
        return [ROOT / path] if (ROOT / path).exists() else []
    found = []
    for name in listed():
        layer = LAYER.match(name)
        if layer and layer[1] in (*packs, "shared"):
            inside = name[layer.end() :].replace("{{app.name}}", "<name>")
            if inside == path.removeprefix("project/"):
                found.append(ROOT / name)
    return found


def missing(page: str, packs: list[str]) -> list[str]:
    """What a page names and nobody has."""
    wrong, last = [], ""
    for span in re.findall(r"`([^`\n]+)`", page):
        for word in span.split():
            path, _, test = word.partition("::")
            if not (test or re.fullmatch(r"(tests|project|scripts|templates)/[\w./<>-]+", path)):
                continue
            last = path or last
            found = sources(last, packs)
            if not found or (test and not any(_holds(file, test) for file in found)):
                wrong.append(word if path else last + word)
        wrong += [
            name
            for name in re.findall(r"python -m benchmarks((?: [a-z]+)+)", span)
            for name in name.split()
            if name not in SECTIONS
        ]
    for pack in packs:
        table = tomllib.loads((ROOT / f"templates/{pack}/smoke.toml").read_text())
        known = {step["name"] for step in table["step"]}
        named = " ".join(STEPS.findall(page))
        wrong += [f"step {name}" for name in re.findall(r"`([^`]+)`", named) if name not in known]
    return wrong


def _holds(file: Path, test: str) -> bool:
    return re.search(rf"^ *def {re.escape(test)}\(", file.read_text("utf-8"), re.M) is not None


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_names_is_there(name: str) -> None:
    page = (ROOT / f"docs/{name}.md").read_text("utf-8")
    assert missing(page, PAGES[name]) == []
    assert [link for link in LINK.findall(page) if not (ROOT / "docs" / link).exists()] == []


def test_what_is_not_there_is_found() -> None:
    page = (
        "`tests/test_packs.py::test_nothing`, `::test_every_pair_of_features_renders`, "
        "`project/tests/test_app.py::test_nothing`, `project/tests/gone.py`, "
        "`project/tests/test_app.py`; step `gone`; steps `boot` and `lost`; "
        "`python -m benchmarks gone`"
    )
    assert missing(page, ["flask"]) == [
        "tests/test_packs.py::test_nothing", "project/tests/test_app.py::test_nothing",
        "project/tests/gone.py", "gone", "step gone", "step lost",
    ]  # fmt: skip
