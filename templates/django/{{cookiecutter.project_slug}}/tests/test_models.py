"""What every model of every app promises."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps

from apps.accounts.models import User
from core.checks import problems
from core.discovery import project_apps
from core.fields import AutoSlugField
from core.models import BaseModel
from core.samples import sample

pytestmark = pytest.mark.django_db
MODELS: list[Any] = [model for app in project_apps() for model in app.get_models()]


def touch(row: Any) -> None:
    """Use everything that the model says it is shown with."""
    str(row)
    for name in getattr(row, "joins", ()):
        str(getattr(row, name))
    for name in getattr(row, "prefetches", ()):
        [str(other) for other in getattr(row, name).all()]


@pytest.mark.parametrize("model", MODELS)
def test_rows_cost_no_query_of_their_own(model: Any, constant_queries: Callable[..., int]) -> None:
    constant_queries(model, lambda: list(map(touch, model.objects.all())))
    assert model.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_counting_joins_nothing(model: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        model.objects.count()
    assert "JOIN" not in queries.captured_queries[0]["sql"]


def test_without_joins_rows_can_be_streamed(user: User) -> None:
    for model in MODELS:
        if issubclass(model, BaseModel):
            sample(model)
            rows = list(model.objects.plain().only("pk").iterator())
            assert rows
            assert model.objects.select_for_update().first() == rows[0]


@isolate_apps("apps.accounts")
def test_a_broken_convention_fails_the_checks() -> None:
    class Loose(models.Model):
        class Meta:
            app_label = "accounts"

        def __str__(self) -> str:
            return "no joins"

    class Row(BaseModel):
        users = models.ManyToManyField(User, related_name="+")

        class Meta:
            app_label = "accounts"

        def __str__(self) -> str:
            return "joins"

    def found(model: type[models.Model]) -> list[str | None]:
        return [error.id for error in problems(model)]

    assert found(Loose) == ["core.E001"]
    assert not found(Row)
    Row.prefetches = ("user",)
    assert found(Row) == ["core.E002"]
    Row.prefetches, Row.joins = (), ("users",)
    assert found(Row) == ["core.E003"]
    assert not found(User)


@isolate_apps("apps.accounts")
def test_an_empty_slug_is_made_from_its_source() -> None:
    class Page(BaseModel):
        title = models.CharField(max_length=20)
        slug = AutoSlugField(source="title", max_length=10)

        class Meta:
            app_label = "accounts"

        def __str__(self) -> str:
            return self.title

    field = Page._meta.get_field("slug")
    for title, slug, expected in [
        ("Good Morning World", "", "good-morni"),
        ("Good", "bye", "bye"),
        ("東京", "", "page"),
    ]:
        assert field.pre_save(Page(title=title, slug=slug), add=True) == expected
    assert field.deconstruct()[3]["source"] == "title"
