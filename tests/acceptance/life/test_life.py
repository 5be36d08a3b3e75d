"""The life of a project: scaffold and its user change it in turn, and everything holds."""

from pathlib import Path

import pytest

from scaffold.errors import Exit
from tests.acceptance.life.handwork import HANDWORK, Handwork, follow_the_update
from tests.acceptance.life.living import Life
from tests.acceptance.life.newer_pack import newer


@pytest.fixture
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Life:
    """A project that is not there yet, of the pack that was named."""
    pack = request.config.getoption("pack")
    if not pack:
        pytest.fail("name the pack: --pack=flask or --pack=django")
    return Life(tmp_path / "bookstall", pack)


@pytest.fixture
def hand(life: Life) -> Handwork:
    """What its user writes."""
    return HANDWORK[life.pack]


def test_a_life(life: Life, hand: Handwork, tmp_path: Path) -> None:
    life.born("--without", "api")

    hand.first_edits(life)
    life.make("migration", "m=minutes")
    life.uv_run("ruff", "format")
    life.holds("hand edits and an own migration")

    life.scaffold("add", "field", "blog.Post", "subtitle:str(80)?", "kind:enum(essay,news)?")
    life.holds("add field")
    assert "the database has the migration of add field" in life.scaffold("undo", code=Exit.EXISTS)

    life.scaffold("add", "resource", "blog.Tag", "name:str(40)^ note:text?")
    hand.edit_the_tag(life)
    life.holds("add resource")

    review = "Review: post:ref(blog.Post) tag:ref(blog.Tag,null)? stars:int(1..5) text:text?"
    life.scaffold("add", "app", "reviews", "--resource", review)
    life.holds("add app", tests=True)

    life.scaffold("add", "feature", "celery")
    life.holds("add feature celery")
    life.scaffold("add", "feature", "api")  # in Django with the tables of its tokens
    life.holds("add feature api")

    life.scaffold("set", "database=postgres", "name=The Bookstall")
    life.holds("set")

    life.pack_folder = newer(life.pack, tmp_path)
    said = life.scaffold("update")
    assert "9.0.0" in said
    assert "yours, and they use a name that the template changed: " in said
    follow_the_update(life)
    life.holds("update", tests=True, checks=True)
    life.scaffold("update")
    assert life.git("status", "--porcelain") == ""

    life.scaffold("remove", "feature", "celery")
    life.holds("remove feature")
    life.scaffold("remove", "field", "blog.Post", "kind", "--drop-tables")
    life.holds("remove field")
    hand.drop_the_reviews(life)
    life.holds("remove app")

    life.git("checkout", "--quiet", "-b", "shelves")
    life.scaffold("add", "app", "shelves", "--resource", "Shelf: code:str(20)^ post:ref(blog.Post)")
    life.commit("add app shelves")
    life.git("checkout", "--quiet", "main")
    life.scaffold("add", "field", "blog.Tag", "colour:str(20)?")  # git merges no adjacent lines
    life.commit("add a field")
    life.scaffold("add", "feature", "cache")
    life.commit("add a feature")
    life.git("merge", "--quiet", "--no-edit", "shelves")
    hand.merge_the_migrations(life)
    life.commit("merge the migrations")
    life.scaffold("add", "field", "shelves.Shelf", "room:str(40)?")
    life.holds("two branches", tests=True, checks=True)
