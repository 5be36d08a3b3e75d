"""The field grammar: one line of text describes one resource, the same for every pack.

This package knows no framework beyond the names that must stay free, and imports nothing heavy.
"""

from scaffold.grammar.access import Access, find_access
from scaffold.grammar.nouns import (
    TYPES,
    App,
    Field,
    GrammarError,
    Resource,
    Target,
)
from scaffold.grammar.order import order_apps
from scaffold.grammar.parse import parse_field, parse_resource
from scaffold.grammar.relations import check_apps
from scaffold.grammar.reverse import reverse_names
from scaffold.grammar.rules import resource_name_problem
from scaffold.grammar.spelling import camel, pascal, plural, singular, snake

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
