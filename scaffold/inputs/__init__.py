"""Values from every source to a recipe."""

from scaffold.inputs.command_line import command_line
from scaffold.inputs.json_schema import json_schema
from scaffold.inputs.resolve import Proposal, resolve, validate_values
from scaffold.inputs.value_sources import collect_values, load_preset

__all__ = [
    "Proposal",
    "collect_values",
    "command_line",
    "json_schema",
    "load_preset",
    "resolve",
    "validate_values",
]
