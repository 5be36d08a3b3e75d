"""The field grammar: one line of text describes one resource.

It knows the frameworks only by the names that they reserve.
"""

from scaffold.model.fields.access import Access, find_access
from scaffold.model.fields.inflection import camel, pascal, plural, singular, snake
from scaffold.model.fields.model import TYPES, App, Field, GrammarError, Resource, Target
from scaffold.model.fields.name_rules import resource_name_problem
from scaffold.model.fields.parser import parse_field, parse_resource
from scaffold.model.fields.reverse_names import reverse_names
from scaffold.model.fields.validation import check_apps, order_apps

__all__ = [
    "TYPES",
    "Access",
    "App",
    "Field",
    "GrammarError",
    "Resource",
    "Target",
    "camel",
    "check_apps",
    "find_access",
    "order_apps",
    "parse_field",
    "parse_resource",
    "pascal",
    "plural",
    "resource_name_problem",
    "reverse_names",
    "singular",
    "snake",
]
