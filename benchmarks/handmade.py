"""The counterparts written by hand: one file for each framework, with two endpoints.

`/library` uses the libraries of the generated project as their documentation shows them: the same
schema or serializer, the same page, filters and search declared, the same two statements. `/bare`
uses the framework alone. Both leave out what a generated project has beside an endpoint: sign-in,
security headers, request ids, logs.
"""

FLASK = '''"""Posts, by hand."""

import enum
import os
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import marshmallow as ma
from flask import Flask, jsonify, request
from flask.views import MethodView
from flask_smorest import Api, Blueprint
from flask_sqlalchemy_lite import SQLAlchemy
from marshmallow.validate import OneOf, Range
from sqlalchemy import Enum, ForeignKey, func, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from webargs.fields import DelimitedList

app = Flask(__name__)
app.config.update(
    API_TITLE="Posts", API_VERSION="v1", OPENAPI_VERSION="3.1.0",
    SQLALCHEMY_ENGINES={"default": os.environ["DATABASE_URL"]},
)
db = SQLAlchemy(app)


class Base(DeclarativeBase):
    pass


class Status(enum.StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class User(Base):
    __tablename__ = "accounts_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool]
    confirmed_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str]
    fs_token_uniquifier: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    def __str__(self):
        return self.name


class Post(Base):
    __tablename__ = "blog_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    slug: Mapped[str]
    body: Mapped[str]
    status: Mapped[Status] = mapped_column(
        Enum(Status, native_enum=False, values_callable=lambda kind: [one.value for one in kind])
    )
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    author: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class ReferenceSchema(ma.Schema):
    id = ma.fields.Integer()
    label = ma.fields.Function(str)


class PostSchema(ma.Schema):
    id = ma.fields.Integer()
    title = ma.fields.String()
    slug = ma.fields.String()
    body = ma.fields.String()
    status = ma.fields.Enum(Status, by_value=True)
    author = ma.fields.Nested(ReferenceSchema)
    published_at = ma.fields.NaiveDateTime(data_key="publishedAt")
    created_at = ma.fields.NaiveDateTime(data_key="createdAt")
    updated_at = ma.fields.NaiveDateTime(data_key="updatedAt")


class PageSchema(ma.Schema):
    count = ma.fields.Integer()
    page = ma.fields.Integer()
    page_size = ma.fields.Integer(data_key="pageSize")
    pages = ma.fields.Integer()
    results = ma.fields.List(ma.fields.Nested(PostSchema))


class QuerySchema(ma.Schema):
    page = ma.fields.Integer(load_default=1, validate=Range(min=1))
    page_size = ma.fields.Integer(
        load_default=20, validate=Range(min=1, max=100), data_key="pageSize"
    )
    search = ma.fields.String(load_default="")
    ordering = DelimitedList(ma.fields.String(validate=OneOf(["title", "-title"])))
    status = ma.fields.Enum(Status, by_value=True)
    author_id = ma.fields.Integer(data_key="authorId")


@dataclass
class Page:
    results: Any
    count: int
    page: int
    page_size: int
    pages: int


blueprint = Blueprint("posts", __name__)


@blueprint.route("/library")
class Posts(MethodView):
    @blueprint.arguments(QuerySchema, location="query")
    @blueprint.response(200, PageSchema)
    def get(self, query):
        page, size = query["page"], query["page_size"]
        rows = select(Post)
        if word := query["search"]:
            columns = (Post.title, Post.slug, Post.body)
            rows = rows.where(or_(*(text.icontains(word) for text in columns)))
        if status := query.get("status"):
            rows = rows.where(Post.status == status)
        if author := query.get("author_id"):
            rows = rows.where(Post.author_id == author)
        count = db.session.scalar(select(func.count()).select_from(rows.subquery()))
        found = db.session.scalars(
            rows.order_by(Post.id.desc()).limit(size).offset((page - 1) * size)
        )
        return Page(found.all(), count, page, size, max(ceil(count / size), 1))


@app.get("/bare")
def posts():
    page, size = int(request.args.get("page", 1)), int(request.args["pageSize"])
    count = db.session.scalar(select(func.count()).select_from(Post))
    rows = select(Post).order_by(Post.id.desc()).limit(size).offset((page - 1) * size)
    results = [
        {
            "id": row.id, "title": row.title, "slug": row.slug, "body": row.body,
            "status": row.status, "author": {"id": row.author.id, "label": row.author.name},
            "publishedAt": row.published_at and row.published_at.isoformat(),
            "createdAt": row.created_at.isoformat(), "updatedAt": row.updated_at.isoformat(),
        }
        for row in db.session.scalars(rows)
    ]
    pages = max(ceil(count / size), 1)
    return jsonify(
        {"count": count, "page": page, "pageSize": size, "pages": pages, "results": results}
    )


@app.get("/nothing")
def nothing():
    return jsonify({"status": "ok"})


Api(app).register_blueprint(blueprint)
'''

DJANGO = '''"""Posts, by hand."""

import os
from math import ceil

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                           "NAME": os.environ["DATABASE_URL"].removeprefix("sqlite:///"),
                           "CONN_MAX_AGE": 60}},
    INSTALLED_APPS=[*(f"django.contrib.{name}" for name in
                      ("auth", "contenttypes", "sessions", "messages", "staticfiles")),
                    "django_filters", "rest_framework"],
    MIDDLEWARE=[  # startproject's
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    REST_FRAMEWORK={
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend",
                                    "rest_framework.filters.SearchFilter"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "PAGE_SIZE": 20,
    },
    ROOT_URLCONF="handmade",
    SECRET_KEY="x",
    USE_TZ=True,
)
django.setup()

import django_filters
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import JsonResponse
from django.urls import path
from rest_framework import generics, pagination, serializers


class User(models.Model):
    password = models.TextField()
    last_login = models.DateTimeField(null=True)
    is_superuser = models.BooleanField()
    email = models.TextField()
    name = models.TextField()
    is_active = models.BooleanField()
    is_staff = models.BooleanField()
    date_joined = models.DateTimeField()

    class Meta:
        app_label = "accounts"
        db_table = "accounts_user"

    def __str__(self):
        return self.name


class Post(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField()
    body = models.TextField()
    status = models.CharField(max_length=9, choices=[("draft", "Draft"), ("published", "P")])
    author = models.ForeignKey(User, models.CASCADE)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "blog"
        db_table = "blog_post"


class ReferenceSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    label = serializers.CharField(source="__str__")


class PostSerializer(serializers.ModelSerializer):
    author = ReferenceSerializer()

    class Meta:
        model = Post
        fields = ["id", "title", "slug", "body", "status", "author", "published_at",
                  "created_at", "updated_at"]


class PostFilter(django_filters.FilterSet):
    ordering = django_filters.OrderingFilter(
        fields=["id", "title", "status", "published_at", "created_at", "updated_at"]
    )

    class Meta:
        model = Post
        fields = {
            "title": ["exact", "icontains"], "slug": ["exact"], "body": ["icontains"],
            "status": ["exact"], "author": ["exact"], "published_at": ["exact", "gte", "lte"],
            "created_at": ["gte", "lte"], "updated_at": ["gte", "lte"],
        }


class Pagination(pagination.PageNumberPagination):
    page_size_query_param = "pageSize"
    max_page_size = 100


class PostList(generics.ListAPIView):
    queryset = Post.objects.select_related("author").order_by("-id")
    serializer_class = PostSerializer
    filterset_class = PostFilter
    pagination_class = Pagination
    search_fields = ["title", "slug", "body"]


def posts(request):
    page, size = int(request.GET.get("page", 1)), int(request.GET["pageSize"])
    start = (page - 1) * size
    results = [
        {
            "id": row.id, "title": row.title, "slug": row.slug, "body": row.body,
            "status": row.status, "author": {"id": row.author.id, "label": row.author.name},
            "publishedAt": row.published_at,
            "createdAt": row.created_at, "updatedAt": row.updated_at,
        }
        for row in Post.objects.select_related("author").order_by("-id")[start:start + size]
    ]
    count = Post.objects.count()
    pages = max(ceil(count / size), 1)
    return JsonResponse(
        {"count": count, "page": page, "pageSize": size, "pages": pages, "results": results}
    )


def nothing(request):
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("nothing", nothing), path("bare", posts), path("library", PostList.as_view()),
]
app = get_wsgi_application()
'''

SOURCES = {"flask": FLASK, "django": DJANGO}

# Fills the table of a generated project.
ROWS = {
    "flask": """
from app import create_app
from app.blueprints.blog.models import Post
from app.extensions import db, security
from datetime import UTC, datetime
with create_app().app_context():
    user = security.datastore.create_user(email="a@example.com", name="Ada", password="x")
    db.session.flush()
    for number in range(200):
        db.session.add(Post(title=f"Post {number}", slug=f"post-{number}", body="text " * 40,
                            status="draft", author_id=user.id, published_at=datetime.now(UTC)))
    db.session.commit()
""",
    "django": """
import django
django.setup()
from django.utils import timezone
from apps.accounts.models import User
from apps.blog.models import Post
user = User.objects.create_user("a@example.com", "x", name="Ada")
for number in range(200):
    Post.objects.create(title=f"Post {number}", slug=f"post-{number}", body="text " * 40,
                        status="draft", author=user, published_at=timezone.now())
""",
}
