"""JSON on standard output."""


def print_json(value: object) -> None:
    """Print one JSON document."""
    import json  # not needed by --help

    print(json.dumps(value, indent=2))  # noqa: T201 - the result itself
