"""What a project is: its recipe, its files, its names and its resources."""

from scaffold.model.fields import (
    App,
    Field,
    GrammarError,
    Resource,
    check_apps,
    parse_field,
    parse_resource,
)
from scaffold.model.identifiers import check_app_name, check_project_name, check_slug, slug_of
from scaffold.model.recipe import Recipe, from_dict, from_toml, parse_apps, to_toml
from scaffold.model.tree import File, Tree, merge_trees

__all__ = [
    "App",
    "Field",
    "File",
    "GrammarError",
    "Recipe",
    "Resource",
    "Tree",
    "check_app_name",
    "check_apps",
    "check_project_name",
    "check_slug",
    "from_dict",
    "from_toml",
    "merge_trees",
    "parse_apps",
    "parse_field",
    "parse_resource",
    "slug_of",
    "to_toml",
]
