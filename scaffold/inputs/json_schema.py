"""The values that `scaffold new` and `recommend` take, as a JSON Schema for other programs."""

from typing import Any

from scaffold.recommendation.questions import QUESTIONS, Question

VERSION = 1
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_NAMES = {"type": ["array", "string"], "items": {"type": "string"}}
_PROJECT: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "description": "The project's name as people write it."},
    "slug": {"type": "string", "description": "Its name on disk and in paths."},
    "description": {
        "type": "string",
        "description": "What it is, in one line.",
        "default": "A web application.",
    },
    "framework": {
        "type": "string",
        "description": "flask, django, or the path of a pack; by default the recommended one.",
        "examples": ["flask", "django"],
    },
    "features": {
        **_NAMES,
        "description": 'The features, instead of the suggested ones; a list, or "a,b".',
    },
    "with": {
        **_NAMES,
        "description": 'Features to add to the suggested ones; a list, or "a,b".',
    },
    "without": {
        **_NAMES,
        "description": 'Features to leave out; a list, or "a,b".',
    },
    "apps": {
        "type": ["object", "array", "string"],
        "description": "The apps: names, or a table of names and their resources, one a line.",
        "items": {"type": "string"},
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "examples": [["catalog", "orders"], {"blog": ["Post: title:str body:text?"]}],
    },
}


def json_schema() -> dict[str, Any]:
    """Describe a data file: the project's keys and the answers, each of them optional.

    Unknown keys are refused. Beside the standard keywords, an answer carries `x-labels` (a label
    for each value), `x-matters-when` (earlier answers that leave it open) and `x-implied`.
    """
    return {
        "$schema": DRAFT,
        "$id": f"urn:scaffold-flask-django:data:{VERSION}",
        "version": VERSION,
        "title": "Data for scaffold",
        "type": "object",
        "properties": {**_PROJECT, **{asked.key: _property(asked) for asked in QUESTIONS}},
        "additionalProperties": False,
    }


def _property(asked: Question) -> dict[str, Any]:
    one = {"type": "string", "enum": list(asked.values)}
    property_: dict[str, Any] = {
        "title": asked.text,
        "description": asked.why,
        **(_several(one) if asked.many else one),
        "default": asked.default if isinstance(asked.default, str) else list(asked.default),
        "x-labels": {choice.value: choice.label for choice in asked.choices},
    }
    if asked.relevant:
        property_["x-matters-when"] = {key: list(values) for key, values in asked.relevant}
        property_["x-implied"] = asked.implied
    return property_


def _several(one: dict[str, Any]) -> dict[str, Any]:
    """Describe a list of values, or the same written with commas between."""
    word = "|".join(one["enum"])
    return {
        "type": ["array", "string"],
        "items": one,
        "uniqueItems": True,
        "pattern": f"^(({word})(,({word}))*)?$",
    }
