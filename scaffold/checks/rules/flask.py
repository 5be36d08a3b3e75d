"""Flask: an application that is divided into blueprints from the first day."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator

from scaffold.checks.apps import is_flask
from scaffold.checks.module import Module, called, dotted, keyword
from scaffold.checks.project import Project
from scaffold.checks.routes import Route
from scaffold.checks.rule import Level, Rule, Scope, Violation

MODEL_PLACES = ("model", "orm", "entit", "table", "schema", "database", "db")
LOADERS = {
    *("joinedload", "selectinload", "subqueryload", "immediateload", "lazyload", "noload"),
    *("raiseload", "contains_eager"),
}
FEW = 10  # routes of a service that needs no blueprint
DYNAMIC = {"import_module", "import_string", "find_modules", "iter_modules", "walk_packages"}


def routes_on_application(project: Project, _limit: int) -> Iterator[Violation]:
    """Find routes that an application has itself."""
    applications = _applications(project)
    services = _small_services(project)
    for route in project.routes:
        if route.module.path in services:
            continue
        if route.owner in applications or _is_local_application(route):
            message = f"the route of {route.node.name} is on the application, not on a blueprint"
            yield Violation(route.module.path, message, route.line, route.symbol)


def application_at_import(project: Project, _limit: int) -> Iterator[Violation]:
    """Find applications that are made when a module is imported."""
    if not project.uses("flask"):
        return
    imported = _imported(project)
    routed = {route.module.path for route in project.routes} - _small_services(project)
    for module in project.modules_with("Flask"):
        for call, place in module.index.calls:
            if is_flask(module, call) and not place.in_function and not place.main:
                if module.path not in routed and module.name not in imported:
                    continue  # the file that a server starts with
                message = f"importing {module.name} makes the application"
                symbol = place.within(_variable(module, call))
                yield Violation(module.path, message, call.lineno, symbol)


def unregistered_blueprints(project: Project, _limit: int) -> Iterator[Violation]:
    """Find blueprints that nothing refers to but their own routes."""
    if not project.blueprints or _registers_by_name(project):
        return
    used = _used_names(project)
    for one in project.blueprints:
        if one.name not in used and one.module.name not in used:
            message = f"the blueprint {one.symbol} is never registered"
            yield Violation(one.module.path, message, one.line, one.symbol)


def duplicate_endpoints(project: Project, _limit: int) -> Iterator[Violation]:
    """Find two views of one blueprint with one endpoint."""
    seen: dict[tuple[str, str, str], Route] = {}
    owners = {one.name for one in project.blueprints} | _applications(project)
    for route in project.routes:
        if route.owner not in owners or route.place.in_function or _is_conditional(route):
            continue
        key = (route.owner, route.endpoint, route.place.symbol)
        first = seen.setdefault(key, route)
        if first.node is not route.node:
            where = f"{first.module.path}:{first.line}"
            message = f"the endpoint {route.endpoint} is there twice: {where} has it, too"
            yield Violation(route.module.path, message, route.line, route.symbol)


def misplaced_models(project: Project, _limit: int) -> Iterator[Violation]:
    """Find models of SQLAlchemy outside of modules for models."""
    if not project.uses("flask"):
        return
    for one in project.classes.sqlalchemy_tables:
        parts = one.module.path.lower().removesuffix(".py").split("/")
        if not any(part.startswith(MODEL_PLACES) or part.endswith(MODEL_PLACES) for part in parts):
            message = f"the model {one.symbol} is in {one.module.path}, not in a module of models"
            yield Violation(one.module.path, message, one.node.lineno, one.symbol)


def relationships_without_loading(project: Project, _limit: int) -> Iterator[Violation]:
    """Find relationships that do not say how they are loaded."""
    if not project.uses("flask"):
        return
    decided = _loaded_by_queries(project)
    for module in project.modules_with("relationship"):
        for node, place in module.index.assigns:
            call = node.value
            if not isinstance(call, ast.Call) or not place.in_class:
                continue
            if called(call) != "relationship" or _says_loading(node, call):
                continue
            target = node.target if not isinstance(node, ast.Assign) else node.targets[0]
            symbol = place.within(dotted(target))
            if ".".join(symbol.split(".")[-2:]) in decided:
                continue
            message = f"the relationship {symbol} does not say how it is loaded"
            yield Violation(module.path, message, node.lineno, symbol)


def _loaded_by_queries(project: Project) -> set[str]:
    """Return the relationships that a query says how to load: `Post.author`."""
    return {
        ".".join(dotted(value).split(".")[-2:])
        for module in project.modules_with(*LOADERS)
        for call, _ in module.index.calls
        if called(call) in LOADERS
        for value in call.args
    }


def _says_loading(node: ast.Assign | ast.AnnAssign | ast.AugAssign, call: ast.Call) -> bool:
    """Return whether `lazy=` or the annotation names a strategy; `**options` may."""
    annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
    spread = any(one.arg is None for one in call.keywords)
    named = "WriteOnlyMapped" in annotation or "DynamicMapped" in annotation
    return spread or named or keyword(call, "lazy") is not None


def _applications(project: Project) -> set[str]:
    """Return the full names of applications that are assigned at the top of a module."""
    return {
        f"{module.name}.{name}"
        for module in project.modules_with("Flask")
        for node, place in module.index.assigns
        if not place.symbol and is_flask(module, node.value) and isinstance(node, ast.Assign)
        for name in map(dotted, node.targets)
    }


def _is_local_application(route: Route) -> bool:
    """Return whether a route stands in a function that made its application."""
    name = route.owner.rpartition(".")[2]
    return any(
        place.symbol == route.place.symbol
        and place.in_function
        and isinstance(node, ast.Assign)
        and is_flask(route.module, node.value)
        and name in map(dotted, node.targets)
        for node, place in route.module.index.assigns
    )


def _imported(project: Project) -> set[str]:
    """Return the names of modules that others import, and of the packages around them."""
    found = set()
    for module in project.modules:
        for one in module.index.imports:
            name = one.target
            while name and name not in found:
                found.add(name)
                name = name.rpartition(".")[0]
    return found


def _small_services(project: Project) -> set[str]:
    """Return the scripts with a few routes that nobody imports: there is nothing to divide."""
    imported = _imported(project)
    counts = Counter(route.module.path for route in project.routes)
    return {
        module.path
        for module in project.modules
        if 0 < counts[module.path] <= FEW and module.name not in imported
        if any(place.main for _, place in module.index.calls)
    }


def _variable(module: Module, call: ast.Call) -> str:
    for node, _ in module.index.assigns:
        if node.value is call and isinstance(node, ast.Assign):
            return dotted(node.targets[0])
    return ""


def _registers_by_name(project: Project) -> bool:
    """Return whether the application finds blueprints by their names while it runs."""
    return any(
        called(call) in DYNAMIC
        for module in project.modules_with(*DYNAMIC)
        for call, _ in module.index.calls
    )


def _used_names(project: Project) -> set[str]:
    """Return what is imported from another module, or mentioned other than as `name.route`."""
    own: dict[str, set[str]] = defaultdict(set)
    for one in project.blueprints:
        own[one.module.path].add(one.symbol)
    used = set()
    for module in project.modules:
        for name, context in module.index.names:
            if name in own[module.path] and context is not ast.Store:
                used.add(f"{module.name}.{name}")
            elif name.partition(".")[0] in module.aliases:
                used.add(project.origin(module.full_name(name)))
    return used


def _is_conditional(route: Route) -> bool:
    """Return whether a view is defined under a condition, where only one of two may exist."""
    return route.node not in route.module.tree.body


RULES = (
    Rule(
        "SCF201",
        "route-outside-blueprint",
        Level.WARNING,
        Scope.SYMBOL,
        "A route is defined on the application itself.",
        "Routes on the application need it when they are imported, so everything imports "
        "everything and nothing can be moved. A blueprint can be found, tested and moved.",
        "Create a blueprint for the route, and register it in the factory.",
        routes_on_application,
        advice="A2",
        bad='app = Flask(__name__)\n\n\n@app.get("/posts/")\ndef posts(): ...\n',
        good='blog = Blueprint("blog", __name__)\n\n\n@blog.get("/posts/")\ndef posts(): ...\n',
    ),
    Rule(
        "SCF202",
        "application-at-import",
        Level.WARNING,
        Scope.SYMBOL,
        "An application is created at import.",
        "With a factory, each test can have an application with its own settings, and no module "
        "has to import the application.",
        "Create the application in a function, `create_app()`, and call it in `wsgi.py`.",
        application_at_import,
        advice="A2",
        bad="app = Flask(__name__)\n",
        good="def create_app() -> Flask:\n    app = Flask(__name__)\n    return app\n",
    ),
    Rule(
        "SCF203",
        "blueprint-not-registered",
        Level.ERROR,
        Scope.SYMBOL,
        "A blueprint is never registered.",
        "Its routes do not exist, and nothing says so.",
        "Register it in the factory, or delete it.",
        unregistered_blueprints,
        advice="A2",
        bad='blueprint = Blueprint("blog", __name__)  # and no register_blueprint anywhere\n',
        good="app.register_blueprint(blog.blueprint)\n",
    ),
    Rule(
        "SCF204",
        "duplicate-endpoint",
        Level.ERROR,
        Scope.SYMBOL,
        "Two views of a blueprint have the same endpoint.",
        "Flask refuses to start, or `url_for` finds the wrong view.",
        "Give one of the two functions another name.",
        duplicate_endpoints,
        bad='@blog.get("/posts/")\ndef posts(): ...\n\n\n@blog.post("/posts/")\ndef posts(): ...\n',
        good='@blog.get("/posts/")\ndef posts(): ...\n\n\n@blog.post("/posts/")\ndef add(): ...\n',
    ),
    Rule(
        "SCF205",
        "misplaced-model",
        Level.WARNING,
        Scope.SYMBOL,
        "A SQLAlchemy model is not in a models module.",
        "Everyone looks for tables in `models.py`. A model beside routes is how an "
        "application in a single file begins.",
        "Move it to `models.py` of its blueprint.",
        misplaced_models,
        advice="A2",
        bad='# views.py\nclass Post(db.Model):\n    __tablename__ = "post"\n',
        good='# models.py\nclass Post(db.Model):\n    __tablename__ = "post"\n',
    ),
    Rule(
        "SCF207",
        "relationship-without-loading",
        Level.WARNING,
        Scope.SYMBOL,
        "A relationship does not say how it is loaded.",
        "The default loads row by row: a list of a hundred posts runs a hundred queries for "
        "authors. SQLAlchemy lets you declare the join once, on the relationship.",
        'Declare it: `lazy="joined"` for one row, `lazy="selectin"` for many, `lazy="raise"` where '
        "each query decides.",
        relationships_without_loading,
        advice="A5",
        bad="author: Mapped[User] = relationship()\n",
        good='author: Mapped[User] = relationship(lazy="joined", innerjoin=True)\n',
    ),
)
