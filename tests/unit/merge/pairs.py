"""Pairs of a user's edit and a change of the template, on files as the packs write them."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One file with edits; an edit is a list of replacements of text that occurs once."""

    path: str
    base: str
    yours: dict[str, list[tuple[str, str]]]
    theirs: dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Pair:
    """One user's edit and one change of the template."""

    name: str
    path: str
    base: str
    yours: str
    theirs: str


def edited(text: str, edits: list[tuple[str, str]]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def pairs() -> Iterator[Pair]:
    for sample in SAMPLES:
        for mine, yours in sample.yours.items():
            for new, theirs in sample.theirs.items():
                yield Pair(
                    f"{sample.path}: {mine} | {new}",
                    sample.path,
                    sample.base,
                    edited(sample.base, yours),
                    edited(sample.base, theirs),
                )


DJANGO_MODELS = """from django.db import models
from django.urls import reverse

from core.models import BaseModel


class Tag(BaseModel):
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Product(BaseModel):
    prefetch_related = ("tags",)

    name = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    tags = models.ManyToManyField(Tag, related_name="products", blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:product-detail", args=[self.pk])
"""
URL = 'return reverse("catalog:product-detail", args=[self.pk])\n'
MODELS = Sample(
    "apps/catalog/models.py",
    DJANGO_MODELS,
    {
        "method at the end": [
            (
                URL,
                URL + "\n    @property\n    def is_free(self) -> bool:\n"
                "        return not self.price\n",
            )
        ],
        "field at the end": [
            (
                'related_name="products", blank=True)\n',
                'related_name="products", blank=True)\n    note = models.TextField(blank=True)\n',
            )
        ],
        "help text": [
            (
                "max_digits=10, decimal_places=2)",
                'max_digits=10, decimal_places=2, help_text="Net")',
            )
        ],
        "ordering": [('ordering = ["name", "id"]', 'ordering = ["-price", "name", "id"]')],
        "class at the end": [
            (
                URL,
                URL + "\n\nclass Basket(BaseModel):\n"
                "    products = models.ManyToManyField(Product)\n",
            )
        ],
        "import": [
            (
                "from django.db import models\n",
                "from django.core.validators import MinValueValidator\n"
                "from django.db import models\n",
            ),
            ("decimal_places=2)", "decimal_places=2, validators=[MinValueValidator(0)])"),
        ],
    },
    {
        "add resource": [
            (
                URL,
                URL + "\n\nclass Supplier(BaseModel):\n"
                "    name = models.CharField(max_length=200)\n",
            )
        ],
        "add field": [
            (
                'related_name="products", blank=True)\n',
                'related_name="products", blank=True)\n'
                "    stock = models.PositiveIntegerField(default=0)\n",
            )
        ],
        "index on price": [
            ("max_digits=10, decimal_places=2)", "max_digits=10, decimal_places=2, db_index=True)")
        ],
        "more tags": [('"name", "id"]', '"name", "id"]\n        verbose_name_plural = "products"')],
        "import": [
            (
                "from django.db import models\n",
                "from django.conf import settings\nfrom django.db import models\n",
            ),
            (
                "blank=True)\n",
                "blank=True)\n    owner = models.ForeignKey("
                "settings.AUTH_USER_MODEL, on_delete=models.CASCADE)\n",
            ),
        ],
    },
)

SETTINGS = Sample(
    "config/settings/base.py",
    '''"""Settings for every environment."""

from config.env import BASE_DIR, env

DEBUG = False

INSTALLED_APPS = [
    "core",
    "apps.accounts",
    "apps.blog",
    "django.contrib.admin",
    "django.contrib.auth",
    "allauth",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
            ],
        },
    },
]

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.Default"],
    "PAGE_SIZE": 20,
}

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
''',
    {
        "app after blog": [('"apps.blog",\n', '"apps.blog",\n    "apps.mine",\n')],
        "app at the end": [
            ('"rest_framework",\n', '"rest_framework",\n    "hijack",  # support\n')
        ],
        "middleware": [
            (
                'common.CommonMiddleware",\n',
                'common.CommonMiddleware",\n    "hijack.middleware.HijackUserMiddleware",\n',
            )
        ],
        "context processor": [
            (
                'processors.request",\n',
                'processors.request",\n                "apps.mine.context.menu",\n',
            )
        ],
        "page size": [('"PAGE_SIZE": 20', '"PAGE_SIZE": 50')],
        "settings at the end": [
            ('TIME_ZONE = "UTC"\n', 'TIME_ZONE = "Europe/Berlin"\n\nSHOP = 1\n')
        ],
    },
    {
        "add app": [('"apps.blog",\n', '"apps.blog",\n    "apps.orders",\n')],
        "add feature": [
            ('"rest_framework",\n', '"rest_framework",\n    "django_celery_beat",\n'),
            ('TIME_ZONE = "UTC"\n', 'TIME_ZONE = "UTC"\n\nCELERY_BROKER = "redis://"\n'),
        ],
        "whitenoise": [
            (
                '"django.middleware.common.CommonMiddleware",\n',
                '"whitenoise.middleware.WhiteNoiseMiddleware",\n'
                '    "django.middleware.common.CommonMiddleware",\n',
            )
        ],
        "processors": [
            (
                'processors.request",\n',
                'processors.request",\n'
                '                "django.contrib.auth.context_processors.auth",\n',
            )
        ],
        "api": [
            (
                '"PAGE_SIZE": 20,\n',
                '"PAGE_SIZE": 20,\n'
                '    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",\n',
            )
        ],
    },
)

URLS = Sample(
    "config/urls.py",
    """from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

admin.site.site_header = "Bookstall"

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("admin/", admin.site.urls),
    path("accounts/", include("apps.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("blog/", include("apps.blog.urls")),
]

handler500 = "core.api.views.server_error"
""",
    {
        "own route": [
            (
                '"apps.blog.urls")),\n',
                '"apps.blog.urls")),\n    path("shop/", include("apps.shop.urls")),\n',
            )
        ],
        "own home": [
            ('TemplateView.as_view(template_name="home.html")', "views.home"),
            ("from django.views.generic import TemplateView\n", "\nfrom core import views\n"),
        ],
        "debug toolbar": [
            ("handler500", "if settings.DEBUG:\n    urlpatterns += debug_urls()\n\nhandler500"),
            (
                "from django.contrib import admin\n",
                "from django.conf import settings\nfrom django.contrib import admin\n",
            ),
        ],
        "re_path": [
            ("import include, path", "import include, path, re_path"),
            ('    path("admin/"', '    re_path(r"^old/", old),\n    path("admin/"'),
        ],
    },
    {
        "add app": [
            (
                '"apps.blog.urls")),\n',
                '"apps.blog.urls")),\n    path("orders/", include("apps.orders.urls")),\n',
            )
        ],
        "add api": [
            (
                '"apps.blog.urls")),\n',
                '"apps.blog.urls")),\n    path("api/", include("config.api_urls")),\n',
            ),
            ("import include, path", "import include, path, register_converter"),
        ],
        "titles": [
            (
                'site_header = "Bookstall"\n',
                'site_header = "Books"\nadmin.site.site_title = "Books"\n',
            )
        ],
        "secure login": [
            (
                "from django.contrib import admin\n",
                "from allauth.account.decorators import secure_admin_login\n"
                "from django.contrib import admin\n",
            ),
            (
                "\nurlpatterns",
                "admin.site.login = secure_admin_login(admin.site.login)\n\nurlpatterns",
            ),
        ],
    },
)

SERIALIZERS = Sample(
    "apps/catalog/api/serializers.py",
    """from rest_framework import serializers

from apps.catalog.models import Product, Tag
from core.api.serializers import ModelSerializer


class ProductSerializer(ModelSerializer):
    class Meta:
        model = Product
        fields = ("id", "name", "price", "created_at")


class TagSerializer(ModelSerializer):
    class Meta:
        model = Tag
        fields = ("id", "name")
""",
    {
        "field": [
            ('"price", "created_at")', '"price", "is_free", "created_at")'),
            (
                "(ModelSerializer):\n    class Meta:\n        model = Product",
                "(ModelSerializer):\n    is_free = serializers.BooleanField()\n\n"
                "    class Meta:\n        model = Product",
            ),
        ],
        "validation": [
            (
                '"created_at")\n',
                '"created_at")\n\n    def validate_price(self, value):\n'
                "        return abs(value)\n",
            )
        ],
        "model": [
            ("import Product, Tag", "import Basket, Product, Tag"),
            (
                'fields = ("id", "name")\n',
                'fields = ("id", "name")\n\n\n'
                "class BasketSerializer(ModelSerializer):\n    class Meta:\n"
                '        model = Basket\n        fields = ("id",)\n',
            ),
        ],
    },
    {
        "add field": [('"price", "created_at")', '"price", "stock", "created_at")')],
        "add field at the end": [
            ('"price", "created_at")', '"price", "created_at", "updated_at")')
        ],
        "add resource": [
            ("import Product, Tag", "import Product, Supplier, Tag"),
            (
                'fields = ("id", "name")\n',
                'fields = ("id", "name")\n\n\n'
                "class SupplierSerializer(ModelSerializer):\n    class Meta:\n"
                '        model = Supplier\n        fields = ("id", "name")\n',
            ),
        ],
        "many fields": [
            (
                '"price", "created_at")',
                '"price", "stock", "weight_in_grams", "reordered_at", "created_at", "updated_at")',
            )
        ],
    },
)

FACTORY = Sample(
    "app/__init__.py",
    '''"""The application factory."""

from flask import Flask

from app import admin, api, blueprints, errors
from app.seeds import seed


def create_app(config=None) -> Flask:
    """Build the application."""
    app = Flask(__name__)
    app.config.from_object("app.settings")
    app.config.from_mapping(config or {})
    blueprints.init_app(app)
    api.init_app(app)
    admin.init_app(app)
    errors.init_app(app)
    app.cli.add_command(seed)
    return app
''',
    {
        "extension": [
            (
                "import admin, api, blueprints, errors",
                "import admin, api, blueprints, errors, search",
            ),
            (
                "    app.cli.add_command(seed)\n",
                "    search.init_app(app)\n    app.cli.add_command(seed)\n",
            ),
        ],
        "command": [
            ("add_command(seed)\n", "add_command(seed)\n    app.cli.add_command(report)\n"),
            (
                "from app.seeds import seed\n",
                "from app.reports import report\nfrom app.seeds import seed\n",
            ),
        ],
        "proxy": [
            (
                "    app = Flask(__name__)\n",
                "    app = Flask(__name__)\n    app.wsgi_app = ProxyFix(app.wsgi_app)\n",
            ),
            (
                "from flask import Flask\n",
                "from flask import Flask\nfrom werkzeug.middleware.proxy_fix import ProxyFix\n",
            ),
        ],
        "helper": [
            (
                "    return app\n",
                "    return app\n\n\ndef version() -> str:\n"
                '    """Return the version."""\n    return "1"\n',
            )
        ],
    },
    {
        "feature": [
            (
                "import admin, api, blueprints, errors",
                "import admin, api, blueprints, cache, errors",
            ),
            (
                "    blueprints.init_app(app)\n",
                "    cache.init_app(app)\n    blueprints.init_app(app)\n",
            ),
        ],
        "no admin": [("import admin, api,", "import api,"), ("    admin.init_app(app)\n", "")],
        "signature": [
            ("config=None", "config: Mapping | None = None"),
            (
                "from flask import Flask\n",
                "from collections.abc import Mapping\n\nfrom flask import Flask\n",
            ),
        ],
    },
)

FLASK_MODELS = Sample(
    "app/blueprints/catalog/models.py",
    """from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import db


class Tag(db.Model):
    __tablename__ = "catalog_tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Product(db.Model):
    __tablename__ = "catalog_product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    tag_id: Mapped[int] = mapped_column(ForeignKey("catalog_tag.id"))

    tag: Mapped[Tag] = relationship(lazy="raise")
""",
    {
        "column": [
            ("String(120))\n", "String(120))\n    note: Mapped[str] = mapped_column(Text)\n"),
            ("import ForeignKey, String\n", "import ForeignKey, String, Text\n"),
        ],
        "index": [
            (
                'mapped_column(ForeignKey("catalog_tag.id"))',
                'mapped_column(ForeignKey("catalog_tag.id"), index=True)',
            )
        ],
        "method": [
            (
                'relationship(lazy="raise")\n',
                'relationship(lazy="raise")\n\n'
                "    def __str__(self) -> str:\n        return self.name\n",
            )
        ],
        "join": [('relationship(lazy="raise")', 'relationship(lazy="joined")')],
    },
    {
        "add field": [
            (
                "String(120))\n",
                "String(120))\n    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))\n",
            ),
            ("import ForeignKey, String\n", "import ForeignKey, Numeric, String\n"),
            ("from sqlalchemy import", "from decimal import Decimal\n\nfrom sqlalchemy import"),
        ],
        "cascade": [
            ('ForeignKey("catalog_tag.id")', 'ForeignKey("catalog_tag.id", ondelete="CASCADE")')
        ],
        "add resource": [
            (
                'relationship(lazy="raise")\n',
                'relationship(lazy="raise")\n\n\n'
                'class Supplier(db.Model):\n    __tablename__ = "catalog_supplier"\n',
            )
        ],
        "backref": [
            ('relationship(lazy="raise")', 'relationship(lazy="raise", back_populates="products")')
        ],
    },
)

PYPROJECT = Sample(
    "pyproject.toml",
    """[project]
name = "bookstall"
version = "0.1.0"
requires-python = ">=3.12"
dependencies = [
    "django>=5.2,<6",
    "djangorestframework>=3.16,<4",
    "whitenoise>=6.9,<7",
]

[dependency-groups]
dev = [
    "pytest>=8.4,<9",
    "ruff>=0.12,<1",
]

[tool.ruff]
line-length = 100

[tool.ruff.lint]
select = ["E", "F", "I"]

[tool.pytest.ini_options]
addopts = "-ra"
""",
    {
        "dependency": [('"whitenoise>=6.9,<7",\n', '"whitenoise>=6.9,<7",\n    "stripe>=12",\n')],
        "rules": [('select = ["E", "F", "I"]', 'select = ["E", "F", "I", "B"]\nignore = ["E501"]')],
        "version": [('version = "0.1.0"', 'version = "1.4.0"\nauthors = [{ name = "Ada" }]')],
        "table": [('addopts = "-ra"\n', 'addopts = "-ra"\n\n[tool.mypy]\nstrict = true\n')],
        "upgrade": [('"django>=5.2,<6",', '"django>=5.2.8,<6",  # a fix that we need')],
    },
    {
        "feature": [
            ('"whitenoise>=6.9,<7",\n', '"whitenoise>=6.9,<7",\n    "celery>=5.5,<6",\n'),
            ('addopts = "-ra"\n', 'addopts = "-ra"\n\n[tool.celery]\nworkers = 2\n'),
        ],
        "newer": [
            ('"djangorestframework>=3.16,<4"', '"djangorestframework>=3.17,<4"'),
            ('"pytest>=8.4,<9"', '"pytest>=9.0,<10"'),
        ],
        "rules": [('select = ["E", "F", "I"]', 'select = ["E", "F", "I", "UP"]')],
        "options": [('addopts = "-ra"', 'addopts = "-ra --strict-markers"')],
    },
)
IGNORED = Sample(
    ".gitignore",
    "*.pyc\n.env\n.venv/\ndb.sqlite3\n\n# Built\nstaticfiles/\n",
    {
        "own": [("staticfiles/\n", "staticfiles/\n.idea/\n")],
        "other database": [("db.sqlite3\n", "*.sqlite3\n")],
    },
    {
        "docker": [("staticfiles/\n", "staticfiles/\ndocker-data/\n")],
        "coverage": [("db.sqlite3\n", "db.sqlite3\n.coverage\n")],
    },
)

NAVIGATION = Sample(
    "templates/base.html",
    """<nav class="navigation">
  <a href="{% url 'home' %}">Home</a>
  <a href="{% url 'blog:post-list' %}">Posts</a>
</nav>
<main>
  {% block content %}{% endblock %}
</main>
<footer>Bookstall</footer>
""",
    {
        "link": [("Posts</a>\n", 'Posts</a>\n  <a href="/about">About</a>\n')],
        "footer": [("<footer>Bookstall", "<footer>Bookstall, Berlin")],
    },
    {
        "add app": [
            ("Posts</a>\n", "Posts</a>\n  <a href=\"{% url 'orders:order-list' %}\">Orders</a>\n")
        ],
        "messages": [("<main>\n", '<main>\n  {% include "messages.html" %}\n')],
    },
)

VIEWS = Sample(
    "app/blueprints/catalog/views.py",
    """from flask import Blueprint, flash, redirect, render_template, url_for

from app.blueprints.catalog import services
from app.blueprints.catalog.forms import ProductForm

bp = Blueprint("catalog", __name__, url_prefix="/catalog")


@bp.get("/products/")
def product_list():
    page = services.list_products()
    return render_template("catalog/product_list.html", page=page)


@bp.route("/products/new/", methods=["GET", "POST"])
def product_create():
    form = ProductForm()
    if form.validate_on_submit():
        product = services.create_product(form.data)
        flash("Created.")
        return redirect(url_for("catalog.product_detail", id=product.id))
    return render_template("catalog/product_form.html", form=form)
""",
    {
        "own view": [
            (
                '"catalog/product_form.html", form=form)\n',
                '"catalog/product_form.html", form=form)\n\n\n@bp.get("/sale/")\n'
                'def sale():\n    return render_template("catalog/sale.html")\n',
            )
        ],
        "message": [('flash("Created.")', 'flash(f"{product.name} was created.", "success")')],
        "context": [
            ('product_list.html", page=page)', 'product_list.html", page=page, sale=True)')
        ],
        "login": [
            (
                '@bp.route("/products/new/", methods=["GET", "POST"])\n',
                '@bp.route("/products/new/", methods=["GET", "POST"])\n@auth_required()\n',
            ),
            (
                "from flask import Blueprint",
                "from flask_security import auth_required\nfrom flask import Blueprint",
            ),
        ],
    },
    {
        "add resource": [
            (
                '"catalog/product_form.html", form=form)\n',
                '"catalog/product_form.html", form=form)\n\n\n@bp.get("/tags/")\n'
                'def tag_list():\n    return render_template("catalog/tag_list.html")\n',
            ),
            ("import ProductForm", "import ProductForm, TagForm"),
        ],
        "filters": [
            ("services.list_products()", "services.list_products(request.args)"),
            ("redirect, render_template", "redirect, render_template, request"),
        ],
        "audit": [
            (
                '        flash("Created.")\n',
                '        audit.log(product)\n        flash("Created.")\n',
            ),
            (
                "from app.blueprints.catalog import services\n",
                "from app import audit\nfrom app.blueprints.catalog import services\n",
            ),
        ],
    },
)

SAMPLES = [
    MODELS,
    SETTINGS,
    URLS,
    SERIALIZERS,
    FACTORY,
    FLASK_MODELS,
    PYPROJECT,
    IGNORED,
    NAVIGATION,
    VIEWS,
]
