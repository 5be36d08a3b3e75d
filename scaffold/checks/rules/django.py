"""Django: apps that are installed, models that are in the admin, settings that are safe."""

import ast
from collections.abc import Iterator

from scaffold.checks.classes import Class
from scaffold.checks.fixes import install_app, make_settings_safe, register_in_admin
from scaffold.checks.module import Module, called, dotted, string
from scaffold.checks.project import Project
from scaffold.checks.rule import Fix, Level, Rule, Scope, Violation
from scaffold.checks.settings import installed_apps, literal, production_modules

MANY = 10  # models of a project that shows only a few of them on purpose
REGISTER = "django.contrib.admin.register"


def apps_not_installed(project: Project, _limit: int) -> Iterator[Violation]:
    """Find apps with models that INSTALLED_APPS does not name."""
    installed = installed_apps(project)
    if not installed:
        return
    for app in project.apps:
        names = {app.name, *_tails(app.folder.replace("/", "."))}
        known = any(
            one == name or one.startswith(f"{name}.") for one in installed for name in names
        )
        mine = {module.path for module in app.modules}
        tables = any(one.module.path in mine for one in project.classes.django_tables)
        if app.framework == "django" and tables and not known:
            yield Violation(app.path, f"{app.name} is not in INSTALLED_APPS", symbol=app.name)


def models_without_admin(project: Project, _limit: int) -> Iterator[Violation]:
    """Find models that no admin class, inline or registration names."""
    shown = _in_admin(project)
    tables = project.classes.django_tables
    joining = _joining(project)
    if shown is None or any("admin" in path for path in project.unreadable):
        return
    many = len(tables) > MANY
    if many and sum(one.node.name in shown for one in tables) < len(tables) / 2:
        return  # the admin is for a few things here, and none was forgotten
    for one in tables:
        part = (
            one.node.name in joining or _is_polymorphic(one, project) or _is_detail(one, many=many)
        )
        if one.node.name not in shown and not part:
            message = f"the model {one.symbol} is not in the admin"
            yield Violation(one.module.path, message, one.node.lineno, one.symbol)


def unsafe_settings(project: Project, _limit: int) -> Iterator[Violation]:
    """Find DEBUG and literal secrets in the settings of production."""
    for module in production_modules(project):
        for line, value in literal(module, "DEBUG"):
            if value is True:
                message = "DEBUG is on in the settings of production"
                yield Violation(module.path, message, line, "DEBUG")
        for line, value in literal(module, "SECRET_KEY"):
            if isinstance(value, str) and value:
                message = "the SECRET_KEY of production is in the source"
                yield Violation(module.path, message, line, "SECRET_KEY")


def _tails(name: str) -> Iterator[str]:
    parts = name.split(".")
    for start in range(len(parts)):
        yield ".".join(parts[start:])


def _in_admin(project: Project) -> set[str] | None:
    """Return the names of models that the admin shows; None where all are, or there is none."""
    shown: set[str] = set()
    for module in project.modules_with("register", "Inline", "Admin"):
        for node, _ in module.index.classes:
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and _registers(module, decorator):
                    shown |= {_last(argument) for argument in decorator.args}
            shown |= {_last(value) for value in _model_of_inline(node)}
        for call, place in module.index.calls:
            if not _registers(module, call) or not call.args:
                continue
            models = call.args[0]
            plain = _last(models)[:1].isupper() and not place.loops
            if not plain and (place.loops or place.in_function or isinstance(models, ast.Starred)):
                return None  # a loop registers what only a run can tell
            values = models.elts if isinstance(models, ast.List | ast.Tuple) else [models]
            shown |= {_last(value) for value in values}
    return shown - {""} or None


def _registers(module: Module, call: ast.Call) -> bool:
    if called(call) != "register":
        return False
    name = module.qualified(call.func)
    return name == REGISTER or name.endswith(("site.register", "admin_site.register"))


def _model_of_inline(node: ast.ClassDef) -> Iterator[ast.expr]:
    """Yield the model of an inline, or of an admin class that is registered elsewhere."""
    if any("Inline" in dotted(base) or "Admin" in dotted(base) for base in node.bases):
        for statement in node.body:
            if isinstance(statement, ast.Assign) and "model" in map(dotted, statement.targets):
                yield statement.value


def _joining(project: Project) -> set[str]:
    """Return the names of models that only join two others."""
    return {
        _last(word.value)
        for module in project.modules_with("through")
        for call, _ in module.index.calls
        for word in call.keywords
        if word.arg == "through"
    }


def _is_detail(one: Class, *, many: bool) -> bool:
    """Return whether another model owns the rows of one, and each adds at most a value to it.

    Where there are many models, the rows that others own are often written by code alone.
    """
    fields = [
        node.value
        for node in one.node.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)
        if dotted(node.value.func).endswith(("Field", "ForeignKey"))
    ]
    owners = [field for field in fields if "CASCADE" in ast.unparse(field)]
    return bool(owners) and (many or len(fields) - len(owners) <= 1)


def _is_polymorphic(one: Class, project: Project) -> bool:
    """Return whether rows of a model are seen through another one: django-polymorphic's."""
    known = project.classes.by_name
    return any(
        base.endswith(".PolymorphicModel")
        or (base in known and _is_polymorphic(known[base], project))
        for base in one.bases
    )


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and node.attr == "through":
        return ""
    return dotted(node).rpartition(".")[2] or string(node).rpartition(".")[2]


RULES = (
    Rule(
        "SCF301",
        "app-not-installed",
        Level.ERROR,
        Scope.PROJECT,
        "An app with models is not in INSTALLED_APPS.",
        "Django does not know its models: no migration, no table, no admin.",
        "Add the app to INSTALLED_APPS.",
        apps_not_installed,
        fix=Fix(False, "Appends the app to the list.", install_app),
        advice="A1",
        bad='INSTALLED_APPS = ["apps.accounts"]  # and there is apps/blog/models.py\n',
        good='INSTALLED_APPS = ["apps.accounts", "apps.blog"]\n',
    ),
    Rule(
        "SCF302",
        "model-without-admin",
        Level.WARNING,
        Scope.SYMBOL,
        "A model is not in the admin.",
        "The admin gives each model pages to list, create, change and delete its rows behind a "
        "login. Without them people edit rows in a shell.",
        "Register it in `admin.py` of its app.",
        models_without_admin,
        fix=Fix(False, "Adds an admin class without options.", register_in_admin),
        advice="A8",
        bad="class Post(models.Model): ...  # and nothing in admin.py\n",
        good="@admin.register(Post)\nclass PostAdmin(admin.ModelAdmin): ...\n",
    ),
    Rule(
        "SCF305",
        "unsafe-production-settings",
        Level.ERROR,
        Scope.SYMBOL,
        "Production settings have DEBUG on, or a secret in the source.",
        "DEBUG shows source and settings to everyone who hits an error. Anyone who reads the "
        "repository can sign sessions with the secret.",
        "Read the secret from the environment; set DEBUG only in development settings.",
        unsafe_settings,
        fix=Fix(
            False,
            "Turns DEBUG off, and reads the secret from the environment.",
            make_settings_safe,
        ),
        bad='# settings/production.py\nSECRET_KEY = "a-literal"\nDEBUG = True\n',
        good='# settings/production.py\nSECRET_KEY = os.environ["SECRET_KEY"]\nDEBUG = False\n',
    ),
)
