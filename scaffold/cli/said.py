"""What the command line says, in all its ways, as one set of values."""

from scaffold import draft, intake
from scaffold.cli.options import Values
from scaffold.errors import UsageError
from scaffold.questions import complete


def said(given: Values) -> Values:
    """Unite what the sources say: preset, data file, environment, -d, flags; the later wins.

    A preset is a starting point: it takes the default for every question it leaves open.
    """
    presets = [intake.preset(place) for place in given.pop("preset") or ()]
    files = [intake.file(place) for place in given.pop("data_file") or ()]
    pairs = intake.pairs(given.pop("data") or ())
    values = draft.merge(*presets, *files, intake.environment(), pairs, _flags(given))
    return {**values, **complete(answers(values))} if presets else values


def answers(values: Values) -> Values:
    """The answers to the tool's own questions among what was said."""
    return {key: value for key, value in values.items() if key not in draft.PROJECT_KEYS}


def _flags(given: Values) -> Values:
    values = {key: value for key, value in given.items() if value is not None}
    if added := values.pop("feature", None):
        values["with"] = added
    named = (name.strip() for text in values.pop("app", None) or () for name in text.split(","))
    apps: dict[str, list[str]] = {name: [] for name in named}
    for line in values.pop("resource", None) or ():
        place, dot, rest = line.partition(".")
        if not dot or not place.isidentifier():
            raise UsageError(f"--resource {line!r} does not begin with its app",
                             "for example --resource 'shop.Product: name:str'")  # fmt: skip
        apps.setdefault(place, []).append(rest)
    return draft.accept({**values, "apps": apps} if apps else values, "the command line")
