"""All values given to a command, as one set."""

from scaffold.cli.options import Values
from scaffold.errors import UsageError
from scaffold.inputs import resolve as draft
from scaffold.inputs import value_sources as intake
from scaffold.recommendation.questions import QUESTIONS, check_consistent, complete


def said(given: Values) -> Values:
    """Unite the values of all sources: preset, data file, environment, -d, flags; the later wins.

    A preset takes the default for every question it leaves open.

    Raises:
        UsageError: values are unknown, or contradict each other.
    """
    presets = [intake.load_preset(place) for place in given.pop("preset") or ()]
    files = [intake.load_file(place) for place in given.pop("data_file") or ()]
    pairs = intake.parse_pairs(given.pop("data") or ())
    flags = _flags(given)
    if len(frameworks := {v["framework"] for v in (pairs, flags) if "framework" in v}) > 1:
        raise UsageError(f"two frameworks: {' and '.join(sorted(frameworks))}", "name one of them")
    own = draft.merge_values(*files, intake.read_environment(), pairs, flags)
    values = draft.merge_values(*presets, own)
    check_consistent(answers(own), complete(answers(values)))
    return {**values, **complete(answers(values))} if presets else values


def answers(values: Values) -> Values:
    """The answers to the tool's own questions among the values."""
    return {key: value for key, value in values.items() if key not in draft.PROJECT_KEYS}


def _flags(given: Values) -> Values:
    values: Values = {key: _one(key, value) for key, value in given.items() if value is not None}
    if added := values.pop("feature", None):
        values["with"] = added
    named = (name.strip() for text in values.pop("app", None) or () for name in text.split(","))
    apps: dict[str, list[str]] = {name: [] for name in named}
    for line in values.pop("resource", None) or ():
        place, dot, rest = line.partition(".")
        if not dot or not place.isidentifier():
            raise UsageError(f"--resource {line!r} must begin with the name of its app",
                             "for example --resource 'shop.Product: name:str'")  # fmt: skip
        apps.setdefault(place, []).append(rest)
    return draft.validate_values({**values, "apps": apps} if apps else values, "the command line")


def _one(key: str, value: object) -> object:
    """The value of a flag that may be given once, or a list of several."""
    several = {"feature", "without", "app", "resource", "features"}
    if key in several or not isinstance(value, list):
        return value
    if any(asked.key == key and asked.many for asked in QUESTIONS):
        return ",".join(value)
    if len(set(value)) > 1:
        flag = f"--{key.replace('_', '-')}"
        raise UsageError(f"{flag} is given twice: {', '.join(value)}", f"keep one {flag}")
    return value[0]
