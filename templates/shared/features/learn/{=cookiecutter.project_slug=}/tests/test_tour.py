"""The tour names nothing that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "docs/tour.md"
PAGES = sorted((ROOT / "docs/tour").glob("*.md"))
OTHER = "{= 'Flask' if cookiecutter._decision.chosen == 'Django' else 'Django' =}"
PARTS = ("Where", "Why", f"In {OTHER}", "Exercise", "Proof")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def part(stop: str, name: str) -> str:
    return stop.partition(f"- **{name}** ")[2].partition("\n- **")[0]


@every_page
def test_every_stop_has_its_parts_and_its_files(page: Path) -> None:
    stops = page.read_text("utf-8").split("\n## ")[1:]
    assert stops
    for stop in stops:
        assert [name for name in PARTS if not part(stop, name)] == [], stop
        files = re.findall(r"`([^`]+)`", part(stop, "Where"))
        assert files, stop
        assert [name for name in files if not (ROOT / name).exists()] == []


@every_page
def test_every_make_target_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"`(?:\w+=\S+ )*make ([\w-]+)", page.read_text("utf-8"))
    assert set(named) <= set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


def test_the_index_links_every_page() -> None:
    links = re.findall(r"\]\(([^)]+)\)", INDEX.read_text("utf-8"))
    assert sorted(INDEX.parent / link for link in links) == PAGES
