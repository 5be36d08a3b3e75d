"""Small projects that break a rule, and the same as they should be: files by their paths."""

Files = dict[str, str]
FACTORY = "from flask import Flask\n\ndef create_app():\n    app = Flask(__name__)\n"
SETTINGS = 'ROOT_URLCONF = "config.urls"\nINSTALLED_APPS = ["django.contrib.admin", "apps.blog"]\n'
POST = "from django.db import models\n\nclass Post(models.Model):\n    pass\n"
ADMIN = (
    "from django.contrib import admin\nfrom apps.blog.models import Post\n\n"
    "@admin.register(Post)\nclass PostAdmin(admin.ModelAdmin):\n    pass\n"
)
BLOG: Files = {  # an app of Django that breaks no rule
    "config/__init__.py": "",
    "config/settings.py": SETTINGS + 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    "apps/__init__.py": "",
    "apps/blog/__init__.py": "",
    "apps/blog/models.py": POST,
    "apps/blog/admin.py": ADMIN,
    "apps/blog/migrations/__init__.py": "",
    "apps/blog/migrations/0001_initial.py": "class Migration:\n    dependencies = []\n",
    "apps/blog/tests/test_blog.py": "def test_blog(): ...\n",
}
FLASK: Files = {  # an application of Flask that breaks no rule
    "app/__init__.py": FACTORY + "    from app.blog import views\n"
    '    app.register_blueprint(views.blog, url_prefix="/blog")\n    return app\n',
    "app/extensions.py": "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n",
    "app/blog/__init__.py": "",
    "app/blog/views.py": "from flask import Blueprint, url_for\n\n"
    'blog = Blueprint("blog", __name__)\n\n\n'
    '@blog.get("/")\ndef index():\n    return url_for("blog.index") + url_for(".index")\n',
    "app/blog/models.py": "from app.extensions import db\n\n\nclass Post(db.Model):\n"
    '    author = db.relationship("User", lazy="joined")\n',
    "app/templates/base.html": "<a href=\"{{ url_for('blog.index') }}\">Blog</a>\n"
    "<link href=\"{{ url_for('static', filename='a.css') }}\">\n",
    "tests/test_blog.py": "from app.blog import views\n\ndef test_blog(): ...\n",
}


def django(**changes: str) -> Files:
    """The app of Django with some files changed; `apps__blog__models` is its models.py."""
    return {**BLOG, **{_path(name): text for name, text in changes.items()}}


def flask(**changes: str) -> Files:
    """The application of Flask with some files changed."""
    return {**FLASK, **{_path(name): text for name, text in changes.items()}}


def without(files: Files, *prefixes: str) -> Files:
    """Leave out the files whose paths start with one of some words."""
    return {path: text for path, text in files.items() if not path.startswith(prefixes)}


def shaped(odd: str) -> Files:
    """Five blueprints with their routes in views.py, but for the last one."""
    views = (
        'from flask import Blueprint\nb = Blueprint("{0}", __name__)\n@b.get("/")\ndef x(): ...\n'
    )
    files = {"app/__init__.py": FACTORY}
    for name, home in [("a", "views"), ("b", "views"), ("c", "views"), ("d", "views"), ("e", odd)]:
        files[f"app/{name}/__init__.py"] = ""
        files[f"app/{name}/{home}.py"] = views.format(name)
        files["app/__init__.py"] += f"    from app.{name}.{home} import b as {name}\n"
        files["app/__init__.py"] += f"    app.register_blueprint({name})\n"
        files[f"tests/test_{name}.py"] = "def test(): ...\n"
    return files


def _path(name: str) -> str:
    path = name.replace("__", "/")
    return path.replace("_html", ".html") if name.endswith("_html") else f"{path}.py"


LONG = "def long():\n" + "    pass\n" * 61
ROUTES = "".join(f'@blog.get("/{n}")\ndef page_{n}(): ...\n' for n in range(41))
VIEWS = FLASK["app/blog/views.py"]
MIGRATION = "class Migration:\n    dependencies = [{}]\n"
REVISION = 'revision = "{}"\ndown_revision = {!r}\nbranch_labels = None\n'
LOOP = (
    "from apps.blog.models import Post\n\ndef titles(ids):\n"
    "    return [Post.objects.get(pk=one).title for one in ids]\n"
)
AUTHOR = POST + '    tags = models.ManyToManyField("Tag", related_name="posts")\n'
ROWS = "{% for post in posts %}{% for tag in post.tags.all %}{{ tag }}{% endfor %}{% endfor %}\n"
KEY = "AKIA" + "ABCDEFGHIJKLMNOP"
CONFLICT = f"{'<' * 7} yours\na = 1\n{'=' * 7}\na = 2\n{'>' * 7} theirs\n"
CYCLE = {
    **shaped("views"),
    "app/a/services.py": "from app.b.services import two\n",
    "app/b/services.py": "from app.a import services\n",
}

# rule → what breaks it, the file and the symbol that are reported, and what does not break it
CASES: dict[str, tuple[Files, str, str, Files]] = {
    "missing-file": (
        without(BLOG, "apps/blog/migrations"),
        "apps/blog/__init__.py",
        "apps.blog",
        BLOG,
    ),
    "extra-file": (
        {**FLASK, "app/views.py.bak": ""},
        "app/views.py.bak",
        "",
        {**FLASK, "app/backup.py": ""},
    ),
    "misplaced-file": (
        django(
            apps__blog__commands="from django.core.management.base import BaseCommand\n\n"
            "class Command(BaseCommand): ...\n"
        ),
        "apps/blog/commands.py",
        "Command",
        django(
            apps__blog__management__commands__seed=(
                "from django.core.management.base import BaseCommand\n\n"
                "class Command(BaseCommand): ...\n"
            )
        ),
    ),
    "unusual-shape": (shaped("handlers"), "app/e/__init__.py", "app.e: routes", shaped("views")),
    "module-lines": (
        flask(app__long="a = 1\n" * 1001),
        "app/long.py",
        "",
        flask(app__long="a = 1\n" * 900 + "# b\n" * 200),
    ),
    "function-statements": (
        flask(app__long=LONG),
        "app/long.py",
        "long",
        flask(app__long=LONG.replace("    pass\n", "", 5)),
    ),
    "routes-per-module": (
        flask(app__blog__views=VIEWS + ROUTES),
        "app/blog/views.py",
        "",
        flask(app__blog__views=VIEWS + ROUTES.partition('@blog.get("/30')[0]),
    ),
    "route-outside-blueprint": (
        {
            "app/__init__.py": "from flask import Flask\napp = Flask(__name__)\n\n"
            '@app.get("/")\ndef home(): ...\n'
        },
        "app/__init__.py",
        "home",
        FLASK,
    ),
    "application-at-import": (
        {
            **FLASK,
            "app/site.py": "from flask import Flask\napp = Flask(__name__)\n",
            "app/use.py": "from app.site import app\n",
        },
        "app/site.py",
        "app",
        {**FLASK, "wsgi.py": "from app import create_app\napp = create_app()\n"},
    ),
    "blueprint-not-registered": (
        {**FLASK, "app/__init__.py": FACTORY},
        "app/blog/views.py",
        "blog",
        FLASK,
    ),
    "duplicate-endpoint": (
        flask(app__blog__views=VIEWS + '\n@blog.post("/")\ndef index(): ...\n'),
        "app/blog/views.py",
        "index",
        flask(app__blog__views=VIEWS + '\n@blog.post("/", endpoint="add")\ndef index(): ...\n'),
    ),
    "misplaced-model": (
        flask(
            app__blog__views=VIEWS
            + "\nfrom app.extensions import db\n\nclass Note(db.Model): ...\n"
        ),
        "app/blog/views.py",
        "Note",
        FLASK,
    ),
    "unknown-endpoint": (
        flask(app__templates__menu_html="<p>\n<a href=\"{{ url_for('blog.show') }}\">\n"),
        "app/templates/menu.html",
        "blog.show",
        FLASK,
    ),
    "relationship-without-loading": (
        flask(app__blog__models=FLASK["app/blog/models.py"].replace(', lazy="joined"', "")),
        "app/blog/models.py",
        "Post.author",
        FLASK,
    ),
    "app-not-installed": (
        django(config__settings='INSTALLED_APPS = ["django.contrib.admin"]\n'),
        "apps/blog/__init__.py",
        "apps.blog",
        django(config__settings='INSTALLED_APPS = ["apps.blog.apps.BlogConfig"]\n'),
    ),
    "model-without-admin": (
        django(apps__blog__models=POST + "\nclass Tag(models.Model): ...\n"),
        "apps/blog/models.py",
        "Tag",
        BLOG,
    ),
    "query-in-loop": (
        django(apps__blog__services=LOOP),
        "apps/blog/services.py",
        "titles.Post",
        django(apps__blog__services=LOOP.replace("get(pk=one).title", "filter(pk__in=one)")),
    ),
    "multiple-heads": (
        django(
            apps__blog__migrations__0002_a=MIGRATION.format('("blog", "0001_initial")'),
            apps__blog__migrations__0002_b=MIGRATION.format('("blog", "0001_initial")'),
        ),
        "apps/blog/migrations/0002_b.py",
        "apps/blog/migrations",
        django(
            apps__blog__migrations__0002_a=MIGRATION.format('("blog", "0001_initial")'),
            apps__blog__migrations__0003_b=MIGRATION.format('("blog", "0002_a")'),
        ),
    ),
    "unsafe-production-settings": (
        django(config__settings=SETTINGS + "DEBUG = True\n"),
        "config/settings.py",
        "DEBUG",
        django(config__settings=SETTINGS + "DEBUG = False\n"),
    ),
    "import-cycle": (CYCLE, "app/a/services.py", "app.a ↔ app.b", shaped("views")),
    "web-code-in-models": (
        flask(app__blog__models="from flask import request\n" + FLASK["app/blog/models.py"]),
        "app/blog/models.py",
        "flask.request",
        FLASK,
    ),
    "app-without-tests": (
        without(BLOG, "apps/blog/tests"),
        "apps/blog/__init__.py",
        "apps.blog",
        BLOG,
    ),
    "missing-lock": (
        {**FLASK, "pyproject.toml": '[project]\ndependencies = ["flask"]\n'},
        "pyproject.toml",
        "",
        {**FLASK, "pyproject.toml": '[project]\ndependencies = ["flask"]\n', "uv.lock": ""},
    ),
    "committed-secret": (
        flask(app__settings=f'KEY = "{KEY}"\n'),
        "app/settings.py",
        "an AWS access key",
        flask(app__settings='KEY = os.environ["AWS_KEY"]\n'),
    ),
    "merge-leftover": (
        {**FLASK, "README.md": CONFLICT},
        "README.md",
        "",
        {**FLASK, "README.md": "Title\n=======\n"},
    ),
}
