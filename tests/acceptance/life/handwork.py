"""What the user of a project writes by hand, for each framework."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tests.acceptance.life.living import OWN_TESTS, Life
from tests.acceptance.life.newer_pack import MODULES, TABLES, function_of


class Handwork(Protocol):
    """The user's part of the story."""

    def first_edits(self, life: Life) -> None:
        """Edit models, views, settings, pages and more; add a column."""

    def edit_the_tag(self, life: Life) -> None:
        """Edit what scaffold has just added."""

    def drop_the_reviews(self, life: Life) -> None:
        """Remove an app with its tables."""

    def merge_the_migrations(self, life: Life) -> None:
        """Unite the migrations of two branches."""


FLASK_METHOD = '''
    @property
    def is_public(self) -> bool:
        """Drafts are for their authors."""
        return self.status is PostStatus.PUBLISHED
'''
FLASK_VIEW = """

@blueprint.get("/posts/public.txt")
def public_posts() -> ResponseReturnValue:
    rows = services.list_posts(status=models.PostStatus.PUBLISHED).results
    return "\\n".join(f"{row.title}: {row.minutes} minutes" for row in rows if row.is_public)
"""
FLASK_TEST = '''"""Our own: what the public reads."""

from app.blueprints.blog.models import PostStatus
from app.blueprints.blog.tests.factories import PostFactory


def test_drafts_are_not_public(client):
    PostFactory.create(title="Done", status=PostStatus.PUBLISHED, minutes=7)
    PostFactory.create(title="Draft", status=PostStatus.DRAFT)
    assert client.get("/blog/posts/public.txt").text == "Done: 7 minutes"
'''
BLOG = "app/blueprints/blog"


class FlaskHandwork:
    """In a Flask project."""

    def first_edits(self, life: Life) -> None:
        life.edit(
            f"{BLOG}/models.py",
            (
                "    published_at: Mapped[dt.datetime | None]\n",
                "    published_at: Mapped[dt.datetime | None]\n"
                '    minutes: Mapped[int] = mapped_column(default=3, server_default="3")\n',
            ),
        )
        life.append(f"{BLOG}/models.py", FLASK_METHOD)
        life.append(f"{BLOG}/views.py", FLASK_VIEW)
        orderings = '"title": Post.title, "status": Post.status, "publishedAt": Post.published_at'
        rows = [*orderings.split(", "), '"minutes": Post.minutes']
        own = "".join(f"\n        {row}," for row in rows)
        life.edit(f"{BLOG}/services.py", (orderings, f"{own}\n    "))
        life.edit(
            "app/settings/base.py",
            ('env.str("LOG_LEVEL", "INFO")', 'env.str("LOG_LEVEL", "WARNING")'),
        )
        life.append("app/settings/base.py", '\n# Ours\nREPORT_SIZE = env.int("REPORT_SIZE", 50)\n')
        life.edit(
            f"{BLOG}/templates/blog/post_list.html",
            ("{{ pagination(page) }}", "{{ pagination(page) }}\n<p>Everything we wrote.</p>"),
        )
        life.append("app/headers.py", "\n\ndef loud(text: str) -> str:\n    return text.upper()\n")
        _edit_what_both_have(life)
        life.write(OWN_TESTS["flask"], FLASK_TEST)

    def edit_the_tag(self, life: Life) -> None:
        life.edit(
            f"{BLOG}/models.py",
            (
                "        return self.name\n",
                '        return f"#{self.name}"\n\n    def loud(self) -> str:\n'
                "        return self.name.upper()\n",
            ),
        )

    def drop_the_reviews(self, life: Life) -> None:
        life.scaffold("remove", "app", "reviews", "--drop-tables")

    def merge_the_migrations(self, life: Life) -> None:
        life.make("merge-migrations")


DJANGO_METHOD = '''
    @property
    def is_public(self) -> bool:
        """Drafts are for their authors."""
        return self.status == PostStatus.PUBLISHED
'''
DJANGO_VIEW = """

class PublicPostsView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [row for row in Post.objects.order_by("id") if row.is_public]
        lines = [f"{row.title}: {row.minutes} minutes" for row in rows]
        return HttpResponse("\\n".join(lines), content_type="text/plain")
"""
DJANGO_TEST = '''"""Our own: what the public reads."""

from apps.blog.models import PostStatus
from apps.blog.tests.factories import PostFactory


def test_drafts_are_not_public(client, db):
    PostFactory(title="Done", status=PostStatus.PUBLISHED, minutes=7)
    PostFactory(title="Draft", status=PostStatus.DRAFT)
    assert client.get("/blog/posts/public.txt").content == b"Done: 7 minutes"
'''


class DjangoHandwork:
    """In a Django project."""

    def first_edits(self, life: Life) -> None:
        life.edit(
            "apps/blog/models.py",
            (
                "    published_at = models.DateTimeField(null=True, blank=True)\n",
                "    published_at = models.DateTimeField(null=True, blank=True)\n"
                "    minutes = models.PositiveIntegerField(default=3)\n",
            ),
        )
        life.append("apps/blog/models.py", DJANGO_METHOD)
        life.edit(
            "apps/blog/views.py",
            (
                "from django.http import HttpResponse\n",
                "from django.http import HttpRequest, HttpResponse\n",
            ),
            (
                "from django.views.generic import",
                "from django.views import View\nfrom django.views.generic import",
            ),
        )
        life.append("apps/blog/views.py", DJANGO_VIEW)
        life.edit(
            "apps/blog/urls.py",
            (
                "urlpatterns = [\n",
                "urlpatterns = [\n"
                '    path("posts/public.txt", views.PublicPostsView.as_view(), name="public"),\n',
            ),
        )
        life.edit(
            "apps/blog/admin.py",
            (
                '"status", "author", "published_at"]',
                '"status", "author", "published_at", "minutes"]',
            ),
        )
        life.edit("config/settings/base.py", ('TIME_ZONE = "UTC"', 'TIME_ZONE = "Europe/Paris"'))
        life.append(
            "config/settings/base.py",
            '\n# Ours\nREPORT_SIZE = env.int("REPORT_SIZE", default=50)\n',
        )
        life.edit(
            "apps/blog/templates/blog/post_list.html",
            (
                "{% endif %}\n{% endblock %}",
                "{% endif %}\n<p>Everything we wrote.</p>\n{% endblock %}",
            ),
        )
        life.append(
            "core/conflicts.py", "\n\ndef loud(text: str) -> str:\n    return text.upper()\n"
        )
        _edit_what_both_have(life)
        life.write(OWN_TESTS["django"], DJANGO_TEST)

    def edit_the_tag(self, life: Life) -> None:
        life.edit(
            "apps/blog/models.py",
            (
                "        return self.name\n",
                '        return f"#{self.name}"\n\n    def loud(self) -> str:\n'
                "        return self.name.upper()\n",
            ),
        )

    def drop_the_reviews(self, life: Life) -> None:
        life.uv_run("python", "manage.py", "migrate", "reviews", "zero")
        life.scaffold("remove", "app", "reviews")

    def merge_the_migrations(self, life: Life) -> None:
        life.make("migrate")  # each app has its own; they do not meet


def _edit_what_both_have(life: Life) -> None:
    _caller(life).write_text(_calling(*function_of(life.pack, 0)), "utf-8")
    life.append("Makefile", "\nours: ## our own target\n\t@echo ours\n")
    life.append("README.md", "\n## Our house rules\n\nAsk Ada before you deploy.\n")
    life.edit(
        "pyproject.toml", ('"**/tests/**" = [', '"scripts/ours/*" = ["T20"]\n"**/tests/**" = [')
    )
    life.append(".env", "OUR_SECRET=kept-here\n")
    life.edited -= {".env"}  # never the template's again


def _caller(life: Life) -> Path:
    return (life.root / OWN_TESTS[life.pack]).with_name("test_caller.py")


def _calling(module: str, function: str) -> str:
    return f"from {module} import {function}\n\n\ndef test_it_is_ours():\n    assert {function}\n"


def follow_the_update(life: Life) -> None:
    """Note what the newer pack moved and renamed; what the user wrote went along."""
    life.moved(*MODULES[life.pack])
    _caller(life).write_text(_calling(*function_of(life.pack, 1)), "utf-8")
    values: Any = tomllib.loads((life.root / "pyproject.toml").read_text("utf-8"))
    for key in TABLES[1].split("."):
        values = values[key]
    assert values["scripts/ours/*"] == ["T20"]


HANDWORK: Mapping[str, Handwork] = {"flask": FlaskHandwork(), "django": DjangoHandwork()}
