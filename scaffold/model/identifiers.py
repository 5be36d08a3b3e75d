"""What a project, its folder and its apps may be called."""

import re
import sys
from collections.abc import Collection
from keyword import iskeyword, issoftkeyword
from unicodedata import category, combining, normalize
from unicodedata import name as character_name

from scaffold.errors import UsageError

PROJECT_LIMIT = 60
DESCRIPTION_LIMIT = 200
SLUG_LIMIT = 50
APP_LIMIT = 20  # app, resource and field share the 63 characters of a name in PostgreSQL
# Folders, packages and paths of every generated project, and apps that Django itself brings.
RESERVED = frozenset(
    {
        "accounts",
        "admin",
        "api",
        "app",
        "apps",
        "asgi",
        "auth",
        "blueprints",
        "cli",
        "config",
        "conftest",
        "contenttypes",
        "core",
        "db",
        "default",
        "django",
        "docs",
        "extensions",
        "flask",
        "forms",
        "health",
        "home",
        "locale",
        "manage",
        "media",
        "messages",
        "migrations",
        "models",
        "none",
        "postgres",
        "project",
        "python",
        "queries",
        "ready",
        "registration",
        "root",
        "scaffold",
        "schemas",
        "scripts",
        "services",
        "sessions",
        "settings",
        "setup",
        "sites",
        "src",
        "static",
        "staticfiles",
        "tasks",
        "templates",
        "test",
        "tests",
        "urls",
        "users",
        "venv",
        "views",
        "wsgi",
    }
)
# Packages that a project of either framework installs, directly or not, and their modules. A
# project of the same name could not be locked, an app would hide them.
INSTALLED = frozenset(
    """
alembic amqp annotated_types apispec argon2_cffi argon2_cffi_bindings asgiref ast_serialize
async_timeout attr attrs billiard blinker cachelib celery celery_types cffi cfgv click
click_didyoumean click_plugins click_repl colorama coverage dateutil deprecated distlib django
django_allauth django_csp django_environ django_filter django_guid django_linear_migrations
django_rest_knox django_stubs django_stubs_ext django_zeal djangorestframework
djangorestframework_stubs dnspython dotenv drf_spectacular drf_spectacular_sidecar email_validator
environs factory factory_boy faker filelock flask flask_admin flask_alembic flask_caching
flask_limiter flask_login flask_mailman flask_principal flask_security flask_smorest
flask_sqlalchemy flask_sqlalchemy_lite flask_swagger_ui flask_wtf greenlet grimp gunicorn identify
idna import_linter inflection iniconfig itsdangerous jinja2 jsonschema jsonschema_path
jsonschema_specifications kombu lazy_object_proxy libpass librt limits mako markdown_it_py
markupsafe marshmallow mdurl mypy mypy_extensions nodeenv openapi_schema_validator
openapi_spec_validator ordered_set packaging passlib pathable pathspec platformdirs pluggy
pre_commit prometheus_client prompt_toolkit psycopg psycopg_binary pycparser pydantic
pydantic_core pydantic_settings pygments pytest pytest_cov pytest_django python_dateutil
python_discovery python_dotenv python_json_logger python_slugify pyyaml redis referencing
rfc3339_validator rich rpds_py ruff six slugify sqlalchemy sqlparse text_unidecode
typing_extensions typing_inspection tzdata tzlocal uritemplate uv vine virtualenv wcwidth webargs
werkzeug whitenoise wrapt wtforms yaml
""".split()  # noqa: SIM905 - a line for each would be long
)
DEVICES = frozenset(
    {"aux", "clock$", "con", "conin$", "conout$", "nul", "prn"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
# Marks that neither TOML, YAML, HTML, make nor a shell would read as more than text.
MARKS = " -_.,&'!()+"
# Scripts that one word of Chinese, Japanese or Korean may mix.
EAST_ASIAN = frozenset({"BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})


def slug_of(project_name: str) -> str:
    """Make a folder name of a project's name: `Acme Shop` → `acme-shop`.

    Returns:
        The slug; empty where no letter has a counterpart in ASCII. Check it with `check_slug`.
    """
    plain = normalize("NFKD", project_name.casefold())
    plain = "".join(char for char in plain if not combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LIMIT].rstrip("-")


def check_project_name(name: str) -> None:
    """Check the name that people read.

    Raises:
        UsageError: the name is empty, too long, or not plain text.
    """
    what = "the project's name"
    if not name.strip():
        raise UsageError(f"{what} is empty", "for example Acme Shop")
    if len(name) > PROJECT_LIMIT:
        raise UsageError(
            f"{what} is longer than {PROJECT_LIMIT} characters", "choose a shorter name"
        )
    for char in name:
        if category(char)[0] not in "LM" and category(char) != "Nd" and char not in MARKS:
            raise UsageError(
                f"{what} must not contain {_called(char)}",
                f"letters, digits, spaces and {MARKS.strip()} are fine",
            )
    if name[0] in MARKS or category(name[0])[0] == "M":
        raise UsageError(f"{what} must begin with a letter or a digit", "for example Acme Shop")
    if name[-1] in " .":
        raise UsageError(
            f"{what} must not end in a dot or a space", f"for example {name.rstrip(' .')}"
        )
    if ".." in name:
        raise UsageError(f"{what} must not contain two dots in a row", "leave the dots out")
    _check_device(name, what)
    for word in re.findall(r"[^\W\d_]+", name):
        _check_script(word)


def check_description(text: str) -> None:
    """Check the line that says what a project is.

    Raises:
        UsageError: it is empty, too long, or not plain text.
    """
    if not text.strip() or text != text.strip() or len(text) > DESCRIPTION_LIMIT:
        raise UsageError(
            f"the description must have 1 to {DESCRIPTION_LIMIT} characters, "
            "and no spaces around them",
            "for example A web application.",
        )
    if found := re.search(r"[{}\\]|^#", text):
        raise UsageError(f"the description must not contain {found[0]}", "use plain text")


def check_slug(slug: str, reserved: Collection[str] = ()) -> None:
    """Check the name of the project's folder and distribution.

    Args:
        slug: the name.
        reserved: names that the pack's dependencies take.

    Raises:
        UsageError: the name is refused.
    """
    what = "the short name (slug)"
    if not slug:
        raise UsageError(
            f"{what} is empty, and the project's name gives none", "for example --slug acme-shop"
        )
    _check_ascii(slug, what, _proposal(slug) or "acme-shop")
    if not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", slug):
        raise UsageError(
            f"{what} must be lowercase letters, digits and single dashes, a letter first",
            f"for example {_proposal(slug) or 'acme-shop'}",
        )
    if len(slug) > SLUG_LIMIT:
        raise UsageError(f"{what} is longer than {SLUG_LIMIT} characters", "choose a shorter slug")
    _check_free(slug, what, reserved, "-")


def check_app_name(name: str, reserved: Collection[str] = ()) -> None:
    """Check the name of an app: a Python package, part of paths and of table names.

    Args:
        name: the name.
        reserved: names that the pack's dependencies take.

    Raises:
        UsageError: the name is refused.
    """
    what = "an app's name"
    proposal = _proposal(name).replace("-", "_")[:APP_LIMIT].rstrip("_") or "blog"
    _check_ascii(name, what, proposal)
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise UsageError(
            f"{what} must be lowercase letters, digits and single underscores, "
            f"beginning with a letter, not {_shown(name)}",
            f"for example {proposal}",
        )
    if len(name) > APP_LIMIT:
        raise UsageError(
            f"{what} is longer than {APP_LIMIT} characters: {_shown(name)}",
            "choose a shorter name: tables and constraints are named after it",
        )
    _check_free(name, what, reserved, "_")


def _check_ascii(name: str, what: str, example: str) -> None:
    if not name:
        raise UsageError(f"{what} is empty", f"for example {example}")
    if odd := next((char for char in name if not char.isascii() or not char.isprintable()), ""):
        raise UsageError(f"{what} must not contain {_called(odd)}", f"for example {example}")


def _check_free(name: str, what: str, reserved: Collection[str], mark: str) -> None:
    module = name.replace("-", "_")
    hint = f"for example my{mark}{name}"
    _check_device(name, what)
    if iskeyword(module) or issoftkeyword(module):
        raise UsageError(f"{what} must not be {name}, a Python keyword", hint)
    if module in sys.stdlib_module_names:
        raise UsageError(f"{what} must not be {name}, a module of Python's standard library", hint)
    if module in RESERVED:
        raise UsageError(f"{what} must not be {name}, which every project uses already", hint)
    if module in INSTALLED | {re.sub(r"[-_.]+", "_", one).lower() for one in reserved}:
        raise UsageError(f"{what} must not be {name}, the name of a package it depends on", hint)


def _check_device(name: str, what: str) -> None:
    if (stem := name.partition(".")[0].strip().lower()) in DEVICES:
        raise UsageError(
            f"{what} must not be {stem}, a device on Windows", f"for example my_{stem}"
        )


def _check_script(word: str) -> None:
    first = ""
    for char in word:
        script = character_name(char, "UNKNOWN").split()[0]
        if normalize("NFKC", char) != char:
            raise UsageError(
                f"the project's name contains a look-alike: {_called(char)}",
                f"for example {normalize('NFKC', char)} instead",
            )
        script = "CJK" if script in EAST_ASIAN else script
        first = first or script
        if "CJK" not in {script, first} and script != first:
            raise UsageError(
                f"the project's name mixes alphabets in one word: {_called(char)}",
                f"write the whole word in {first.capitalize()} letters",
            )


def _proposal(name: str) -> str:
    return slug_of(name).lstrip("-0123456789")


def _called(char: str) -> str:
    known = character_name(char, f"U+{ord(char):04X}")
    return f"'{char}' ({known})" if char.isprintable() else known


def _shown(name: str) -> str:
    return f"'{name}'" if len(name) <= PROJECT_LIMIT else f"'{name[:PROJECT_LIMIT]}…'"
