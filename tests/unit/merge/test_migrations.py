"""Declarative migrations of a pack: moves and renames that are followed into the project."""

import pytest

from scaffold.errors import ScaffoldError
from scaffold.merge import Kind, Status, between, merge, read_migrations, stale_names
from scaffold.model.tree import File, Tree

VIEWS = "from app.models import Post\n\n\ndef index():\n    return Post.all()\n"
MODELS = "class Post:\n    title = 1\n\n\ndef latest() -> 'Post':\n    return Post()\n"


def tree(**files: str) -> Tree:
    return Tree(
        {path.replace("__", "/") + ".py": File(text.encode()) for path, text in files.items()}
    )


def test_a_moved_file_takes_the_users_edits_along() -> None:
    base = tree(app__views=VIEWS, app__models=MODELS)
    yours = tree(app__views=VIEWS + "\n\ndef mine():\n    return 1\n", app__models=MODELS)
    theirs = tree(app__pages=VIEWS.replace("all()", "latest()"), app__models=MODELS)
    steps = read_migrations('[[move]]\nfrom = "app/views.py"\nto = "app/pages.py"\n', "1.1.toml")
    result = merge(base, yours, theirs, migrations=steps)
    text = result.tree["app/pages.py"].content.decode()
    assert "latest()" in text
    assert "def mine" in text
    assert "app/views.py" not in result.tree
    assert result.files["app/pages.py"].old_path == "app/views.py"
    assert result.clean


def test_a_moved_directory_takes_the_users_own_files_and_seeded_ones_along() -> None:
    base = tree(apps__blog__models=MODELS)
    yours = Tree({**base, "apps/blog/mine.py": File(b"x = 1\n")})
    steps = read_migrations('[[move]]\nfrom = "apps/blog"\nto = "apps/journal"\n', "2.toml")
    result = merge(base, yours, tree(apps__journal__models=MODELS), migrations=steps)
    assert set(result.tree) == {"apps/journal/models.py", "apps/journal/mine.py"}
    assert result.files["apps/journal/mine.py"].old_path == "apps/blog/mine.py"


def test_a_file_that_the_user_moved_stays_where_it_is() -> None:
    base = tree(app__views=VIEWS)
    yours = Tree({"web/own.py": base["app/views.py"]})
    theirs = tree(app__pages=VIEWS.replace("all()", "latest()"))
    steps = read_migrations('[[move]]\nfrom = "app/views.py"\nto = "app/pages.py"\n', "2.toml")
    result = merge(base, yours, theirs, migrations=steps)
    assert set(result.tree) == {"web/own.py"}
    assert b"latest()" in result.tree["web/own.py"].content
    assert result.moves == {"app/pages.py": "web/own.py"}


def test_a_renamed_definition_is_renamed_where_the_template_uses_it() -> None:
    steps = read_migrations(
        '[[definition]]\nfile = "app/models.py"\nfrom = "Post"\nto = "Article"\n', "2.toml"
    )
    base = tree(app__models=MODELS, app__views=VIEWS)
    mine = MODELS.replace("title = 1\n", "title = 1\n    mine = Post_ = 'Post'\n")
    yours = tree(
        app__models=mine,
        app__views=VIEWS + "\n\ndef mine(Posting):\n    return Post\n",
        own="from app.models import Post\n",
    )
    theirs = tree(
        app__models=MODELS.replace("Post", "Article"), app__views=VIEWS.replace("Post", "Article")
    )
    result = merge(base, yours, theirs, migrations=steps)
    assert result.clean
    models = result.tree["app/models.py"].content.decode()
    assert models.startswith("class Article:\n    title = 1\n    mine = Post_ = 'Post'\n")
    views = result.tree["app/views.py"].content.decode()
    assert "def mine(Posting):\n    return Article\n" in views
    assert "from app.models import Article\n" in views
    assert result.tree["own.py"] == yours["own.py"]  # not the template's to change


def test_a_moved_module_is_followed_where_the_user_imports_it() -> None:
    steps = read_migrations('[[move]]\nfrom = "app/views.py"\nto = "app/pages.py"\n', "2.toml")
    base = tree(app__views=VIEWS, app__main="import os\n")
    mine = "import os\n\nfrom app import views\nfrom app.views import index\n\nviews.index()\n"
    yours = tree(app__views=VIEWS, app__main=mine, own="from app import views\n")
    result = merge(base, yours, tree(app__pages=VIEWS, app__main="import os\n"), migrations=steps)
    assert result.tree["app/main.py"].content.decode() == (
        "import os\n\nfrom app import pages\nfrom app.pages import index\n\npages.index()\n"
    )
    assert result.tree["own.py"] == yours["own.py"]  # not the template's to change
    assert stale_names(yours, steps, set(base)) == ["own.py"]


def test_imports_with_another_name_and_relative_ones_are_renamed() -> None:
    steps = read_migrations(
        '[[definition]]\nfile = "app/models.py"\nfrom = "Post"\nto = "Article"\n', "2.toml"
    )
    files = {
        "a": "from app.models import Post as P\n\nP()\n",
        "app__b": "from .models import Post\n",
    }
    base = tree(app__models=MODELS, **files)
    theirs = tree(
        app__models=MODELS.replace("Post", "Article"),
        **{path: text.replace("Post", "Article") for path, text in files.items()},
    )
    assert merge(base, base, theirs, migrations=steps).tree == theirs


def test_a_renamed_key_keeps_the_users_value() -> None:
    steps = read_migrations(
        '[[key]]\nfile = "pyproject.toml"\n'
        'from = "tool.ruff.select"\nto = "tool.ruff.lint.select"\n',
        "2.toml",
    )
    base = Tree({"pyproject.toml": File(b'[tool.ruff]\nline-length = 88\nselect = ["E"]\n')})
    yours = Tree({"pyproject.toml": File(b'[tool.ruff]\nline-length = 99\nselect = ["E", "B"]\n')})
    theirs = Tree(
        {
            "pyproject.toml": File(
                b'[tool.ruff]\nline-length = 88\n\n[tool.ruff.lint]\nselect = ["E", "F"]\n'
            )
        }
    )
    result = merge(base, yours, theirs, migrations=steps)
    assert result.clean
    assert result.tree["pyproject.toml"].content == (
        b'[tool.ruff]\nline-length = 99\n\n[tool.ruff.lint]\nselect = ["E", "F", "B"]\n'
    )


def test_a_move_onto_a_file_of_the_users_overwrites_nothing() -> None:
    base = tree(app__views=VIEWS)
    yours = Tree({**base, "app/pages.py": File(b"mine = 1\n")})
    steps = read_migrations('[[move]]\nfrom = "app/views.py"\nto = "app/pages.py"\n', "2.toml")
    result = merge(base, yours, tree(app__pages=VIEWS), migrations=steps)
    assert b"mine = 1\n" in result.tree["app/pages.py"].content
    assert result.files["app/pages.py"].status is Status.CONFLICT
    assert {conflict.kind for conflict in result.conflicts} <= {Kind.ADD_ADD, Kind.CONTENT}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[move]\n", "2.toml: "),
        ("[[shell]]\n", "unknown table shell"),
        ('[[move]]\nfrom = "a"\n', "takes from, to"),
        ('[[key]]\nfrom = "a"\nto = "b"\nfile = 3\n', "are texts"),
        ('[[definition]]\nfrom = "a b"\nto = "b"\nfile = "a.py"\n', "must be Python names"),
        ('[[move]]\nfrom = "a"\nto = "../b"\n', "within the project"),
    ],
)
def test_a_wrong_file_is_a_fault_of_the_pack(text: str, message: str) -> None:
    with pytest.raises(ScaffoldError, match=message) as caught:
        read_migrations(text, "2.toml")
    assert caught.value.code == 70


def test_versions_between() -> None:
    known = ["1.0", "1.10", "1.2", "1.9.1", "2.0", "notes"]
    assert between(known, "1.2", "2.0") == ["1.9.1", "1.10", "2.0"]
    assert between(known, "2.0", "2.0") == []
