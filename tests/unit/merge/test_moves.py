"""Files and directories that the user moved, and what they are called then."""

from scaffold.merge.moves import find_moves, rename_modules
from scaffold.model.tree import File, Tree

LINES = "".join(f"line_{number} = {number}\n" for number in range(20)).encode()


def test_an_empty_file_goes_with_its_directory() -> None:
    base = Tree({"apps/blog/__init__.py": File(b""), "apps/blog/models.py": File(LINES)})
    yours = Tree({"apps/news/__init__.py": File(b""), "apps/news/models.py": File(LINES)})
    assert find_moves(base, yours, (), {}) == {
        "apps/blog/__init__.py": "apps/news/__init__.py",
        "apps/blog/models.py": "apps/news/models.py",
    }


def test_modules_are_named_as_they_were_moved() -> None:
    text = b"""from apps.blog.models import Post
import apps.blog.views as views
from apps.blogs.models import Other
APPS = ["apps.blog", "my.apps.blog", "apps.blog-x"]
"""
    moves = {
        "apps/blog/models.py": "apps/news/models.py",
        "apps/blog/views.py": "apps/news/pages.py",
        "apps/blog/a.html": "apps/news/a.html",
    }
    tree = Tree({"x.py": File(text), "x.html": File(text)})
    assert rename_modules(tree, moves)["x.html"] == tree["x.html"]
    assert (
        rename_modules(tree, moves)["x.py"].content.decode()
        == """from apps.news.models import Post
import apps.news.pages as views
from apps.blogs.models import Other
APPS = ["apps.news", "my.apps.blog", "apps.blog-x"]
"""
    )


def test_files_without_a_dotted_name_rename_nothing() -> None:
    tree = Tree({"x.py": File(b"import views\n")})
    assert rename_modules(tree, {"views.py": "web/views.py", "a-b/c.py": "d/c.py"}) == tree
