"""The project keeps its shape: what a blueprint may hold, and what blueprints may share."""

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_wtf import FlaskForm
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.interfaces import MANYTOMANY, MANYTOONE

from app import blueprints
from app.core.db import Base
from app.core.fields import visible

ROOT = Path(blueprints.__path__[0])
BLUEPRINTS = sorted(path for path in ROOT.iterdir() if (path / "__init__.py").exists())
MODULES = {"__init__", "admin", "api", "cli", "forms", "models", "queries", "seeds", "services"}
MODULES |= {"setup", "tasks", "views"}
FOLDERS = {"templates", "static", "tests", "__pycache__"} | MODULES
SHARED = {"models", "queries", "services"}
STRATEGIES = {"joined", "selectin", "raise_on_sql", "write_only"}
MAX_LINES = 400
OF_FORMS = {"csrf_token", "form_errors", "meta", *dir(FlaskForm)}  # the first are its instances'


def ids(path: Path) -> str:
    return path.name


def test_every_folder_is_found() -> None:
    missed = {path.parent.name for path in ROOT.glob("*/*.py")} - {path.name for path in BLUEPRINTS}
    assert not missed, "a blueprint needs an __init__.py"


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=ids)
def test_a_blueprint_holds_only_known_modules(blueprint: Path) -> None:
    unknown = {path.stem for path in blueprint.glob("*.py")} - MODULES
    unknown |= {path.name for path in blueprint.iterdir() if path.is_dir()} - FOLDERS
    assert not unknown, "what each file of a blueprint is for stands in README.md, under Layout"


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=ids)
def test_templates_live_under_the_name_of_their_blueprint(blueprint: Path) -> None:
    folder = blueprint / "templates"
    assert not folder.exists() or [path.name for path in folder.iterdir()] == [blueprint.name]


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=ids)
def test_blueprints_share_only_models_queries_and_services(blueprint: Path) -> None:
    for path in blueprint.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            parts = [*node.module.split("."), *(alias.name for alias in node.names)]
            if parts[:2] == ["app", "blueprints"] and parts[2] != blueprint.name:
                shared = ", ".join(sorted(SHARED))
                assert parts[3] in SHARED, f"{path}:{node.lineno}: import its {shared} alone"


def test_the_core_knows_no_blueprint() -> None:
    for path in (ROOT.parent / "core").rglob("*.py"):
        assert "app.blueprints." not in path.read_text("utf-8"), path


def test_no_module_grows_too_long() -> None:
    modules = ROOT.parent.rglob("*.py")
    long = [path for path in modules if len(path.read_text("utf-8").splitlines()) > MAX_LINES]
    assert not long, "split it: models.py becomes models/, views.py becomes views/"


@pytest.mark.parametrize("model", [m.class_ for m in Base.registry.mappers], ids=str)
def test_every_relationship_declares_how_it_is_loaded(model: type[DeclarativeBase]) -> None:
    for link in model.__mapper__.relationships:
        assert link.lazy in STRATEGIES, f"{link} is loaded lazily: {', '.join(sorted(STRATEGIES))}"


@pytest.mark.parametrize("model", [m.class_ for m in Base.registry.mappers], ids=str)
def test_a_reference_to_its_own_kind_is_written_and_loaded(model: type[DeclarativeBase]) -> None:
    for link in model.__mapper__.relationships:
        if link.direction is MANYTOONE and link.mapper is model.__mapper__:
            wanted = f"{link} needs post_update=True: a row may refer to itself"
            assert link.post_update, wanted
            wanted = f"{link} needs join_depth=1: without it nothing is joined"
            assert link.lazy != "joined" or link.join_depth, wanted


@pytest.mark.parametrize("model", [m.class_ for m in Base.registry.mappers], ids=str)
def test_no_field_has_the_name_of_something_in_every_form(model: type[Base]) -> None:
    for field in visible(model):
        wanted = (
            f"{model.__name__}: every form has {field.name!r} already, so call the field otherwise"
        )
        assert field.name not in OF_FORMS, wanted


@pytest.mark.parametrize("model", [m.class_ for m in Base.registry.mappers], ids=str)
def test_every_many_to_many_can_be_written_from_one_side(model: type[DeclarativeBase]) -> None:
    for link in model.__mapper__.relationships:
        if link.direction is MANYTOMANY:
            ends = {link, *link._reverse_property}
            wanted = (
                f"{link}: its info, or the other end's, needs 'ids', the key that it is written by"
            )
            assert sum("ids" in end.info for end in ends) == 1, wanted


@pytest.mark.parametrize("model", [m.class_ for m in Base.registry.mappers], ids=str)
def test_every_enum_is_text_that_the_database_checks(model: type[DeclarativeBase]) -> None:
    for column in model.__table__.columns:
        kind = column.type
        if isinstance(kind, sa.Enum):
            wanted = (
                f"{column}: sa.Enum('a', 'b', name=…, native_enum=False, create_constraint=True)"
            )
            assert kind.enum_class is None, wanted
            assert (bool(kind.name), kind.create_constraint, kind.native_enum) == (
                True,
                True,
                False,
            ), wanted
