"""JSON on standard output."""

import json


def print_json(value: object) -> None:
    """Print one JSON document."""
    print(json.dumps(value, indent=2))  # noqa: T201 - the result itself
