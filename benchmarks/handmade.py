"""The counterparts written by hand, one file for each framework.

Each is what somebody who knows the framework writes in one file: the models of the same two tables
in full, the same two statements (a count, a page of rows joined with their authors, all columns of
both), the same JSON. It leaves out whatever a bare endpoint leaves out: no checks of the query, no
accounts, no headers, no logs.
"""

FLASK = '''"""Posts, by hand."""

import os
from datetime import datetime
from math import ceil

from flask import Flask, jsonify, request
from sqlalchemy import ForeignKey, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

engine = create_engine(os.environ["DATABASE_URL"])
app = Flask(__name__)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "accounts_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str]
    is_staff: Mapped[bool]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Post(Base):
    __tablename__ = "blog_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    slug: Mapped[str]
    body: Mapped[str]
    status: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts_user.id"))
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    author: Mapped[User] = relationship(lazy="joined", innerjoin=True)


def stamp(moment):
    return moment.isoformat() + "Z" if moment else None


@app.get("/nothing")
def nothing():
    return jsonify({"status": "ok"})


@app.get("/posts")
def posts():
    page, size = int(request.args.get("page", 1)), int(request.args["size"])
    with Session(engine) as session:
        count = session.scalar(select(func.count()).select_from(Post))
        ordered = select(Post).order_by(Post.id)
        rows = session.scalars(ordered.limit(size).offset((page - 1) * size))
        results = [
            {
                "id": row.id, "title": row.title, "slug": row.slug, "body": row.body,
                "status": row.status,
                "author": {"id": row.author.id, "label": row.author.name},
                "publishedAt": stamp(row.published_at),
                "createdAt": stamp(row.created_at), "updatedAt": stamp(row.updated_at),
            }
            for row in rows
        ]
    pages = max(ceil(count / size), 1)
    return jsonify(
        {"count": count, "page": page, "pageSize": size, "pages": pages, "results": results}
    )
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
                           "CONN_MAX_AGE": 600}},
    INSTALLED_APPS=[f"django.contrib.{name}" for name in
                    ("auth", "contenttypes", "sessions", "messages", "staticfiles")],
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
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "PAGE_SIZE": 20,
        "UNAUTHENTICATED_USER": None,
    },
    ROOT_URLCONF="handmade",
    SECRET_KEY="x",
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import JsonResponse
from django.urls import path
from rest_framework import generics, serializers


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


class Post(models.Model):
    title = models.TextField()
    slug = models.TextField()
    body = models.TextField()
    status = models.TextField()
    author = models.ForeignKey(User, models.CASCADE)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "blog"
        db_table = "blog_post"


def nothing(request):
    return JsonResponse({"status": "ok"})


def posts(request):
    page, size = int(request.GET.get("page", 1)), int(request.GET["size"])
    start = (page - 1) * size
    results = [
        {
            "id": row.id, "title": row.title, "slug": row.slug, "body": row.body,
            "status": row.status,
            "author": {"id": row.author.id, "label": row.author.name},
            "publishedAt": row.published_at,
            "createdAt": row.created_at, "updatedAt": row.updated_at,
        }
        for row in Post.objects.select_related("author").order_by("id")[start:start + size]
    ]
    count = Post.objects.count()
    pages = max(ceil(count / size), 1)
    return JsonResponse(
        {"count": count, "page": page, "pageSize": size, "pages": pages, "results": results}
    )


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "name"]


class PostSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()

    class Meta:
        model = Post
        fields = "__all__"


class PostList(generics.ListAPIView):
    queryset = Post.objects.select_related("author").order_by("id")
    serializer_class = PostSerializer


urlpatterns = [
    path("nothing", nothing), path("posts", posts), path("library", PostList.as_view())
]
app = get_wsgi_application()
'''

SOURCES = {"flask": FLASK, "django": DJANGO}
