"""Counts queries of a generated Django project; run with its Python, in its folder."""

import os

import counted
import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
django.setup()

from apps.accounts.models import User  # noqa: E402 - after the settings
from apps.blog.models import Post  # noqa: E402
from apps.shop.models import Category, Product, Review, Tag  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

ADMIN = {
    "search": "q", "blog/posts": "blog/post", "shop/categories": "shop/category",
    "shop/products": "shop/product", "shop/reviews": "shop/review",
}  # fmt: skip


def fill(word, rows):
    """Rows that a search for a word finds, each with related rows of its own."""
    for number in range(rows):
        mine = f"own-{rows}-{number}"
        user = User.objects.create(email=f"{mine}@example.com", name=mine)
        parent = Category.objects.create(name=f"{mine}-parent")
        other = Category.objects.create(name=f"{mine}-category")
        product = Product.objects.create(name=f"{mine}-product", price=1, stock=1, category=other)
        shown = Product.objects.create(name=word, price=1, stock=1, category=parent)
        shown.tags.set([Tag.objects.create(name=f"{mine}-tag-{n}") for n in range(2)])
        slug = mine.replace("own", "slug")
        Post.objects.create(title=word, slug=slug, body="b", status="draft", author=user)
        Category.objects.create(name=word, parent=parent)
        Review.objects.create(body=word, product=product, writer=user)
    category = Category.objects.create(name="c")
    detail = Product.objects.create(name="d", price=1, stock=1, category=category)
    tags = [Tag.objects.create(name=f"own-detail-{rows}-{n}") for n in range(rows)]
    detail.tags.set(tags)
    return detail.pk


setup_test_environment()
call_command("migrate", verbosity=0)
details = {"shop/products": (fill("few", counted.FEW), fill("many", counted.MANY))}
client = Client()
client.force_login(User.objects.create_superuser("staff@example.com", "correct-horse-battery"))


def request(path):
    answer = client.get(path, secure=True)
    return answer.status_code, answer.content.decode()


def count(act):
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    return answer, [query["sql"] for query in queries.captured_queries]


counted.report(request, count, counted.paths(ADMIN, details))
