"""The TOML of one policy, read strictly: what it sets itself, without what it extends."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scaffold.checks.config import read_levels, read_limits
from scaffold.checks.rules import find_rule
from scaffold.checks.rules.policy import RULES as POLICY_RULES
from scaffold.errors import UsageError, did_you_mean
from scaffold.inputs.edit import DATABASE
from scaffold.inputs.resolve import validate_values
from scaffold.packs.catalog import BUILT_IN
from scaffold.packs.manifest import ManifestError, expect
from scaffold.packs.sources import is_source, parse_source
from scaffold.policies.policy import ADVICE, ALLOW, PACK, PolicyException, Setting, Value
from scaffold.policies.repository import plain_address
from scaffold.recommendation.questions import QUESTIONS

SHAPE = {
    "name": str,
    "owner": str,
    "extends": str,
    PACK: str,
    ADVICE: bool,
    "defaults": dict,
    "locks": dict,
    "minimums": dict,
    "features": dict,
    "rules": dict,
}
EXCEPTION_SHAPE = {
    **dict.fromkeys(("repository", "path", "rule", "key", "owner", "reason"), str),
}
FRAMEWORK, FEATURES = "framework", "features"
NO_OPINION = "no opinion"  # what a policy says of a default that it does not want to inherit
ASKED = tuple(question.key for question in QUESTIONS if question.key != DATABASE)
DEFAULTS = (FRAMEWORK, DATABASE, FEATURES, *ASKED)
LOCKS = (
    FRAMEWORK,
    DATABASE,
    FEATURES,
    *(one.key for one in QUESTIONS if one.key in ASKED and not one.fact),
)
MINIMUMS = ("python", "template")
VERSION = re.compile(r"\d+(\.\d+)*")
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
WORD = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class Layer:
    """What one policy says itself.

    Args:
        name: what it is called.
        owner: who answers for it.
        extends: the source of the policy that it extends; empty for none.
        settings: what it sets, by key.
        no_opinion: the defaults that it does not want to inherit, by key.
        exceptions: what it lets pass.
    """

    name: str
    owner: str
    extends: str
    settings: Mapping[str, Setting]
    no_opinion: tuple[str, ...]
    exceptions: tuple[PolicyException, ...]


def read_layer(content: bytes, place: str) -> Layer:
    """Read the file of a policy.

    Args:
        content: its bytes.
        place: where it is, for messages.

    Raises:
        UsageError: it is not TOML, has an unknown key, or a value that cannot be.
    """
    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the policy {place} is not TOML: {error}") from None
    try:
        return _layer(values)
    except ManifestError as error:
        raise UsageError(f"the policy {place}: {error.message}", error.hint) from None
    except UsageError as error:
        raise UsageError(f"the policy {place}: {error.message}", error.hint) from None


def _layer(values: dict[str, Any]) -> Layer:
    exceptions = values.pop("exceptions", [])
    expect(values, SHAPE)
    name, owner = (_line(values, key) for key in ("name", "owner"))
    if not NAME.fullmatch(name):
        raise UsageError(f"name is {name!r}", 'one word, for example name = "acme-web"')
    found = dict(_settings(values))
    gone = tuple(key for key, value in found.items() if value == NO_OPINION)
    if wrong := [key for key in gone if not key.startswith("defaults.")]:
        raise UsageError(f"{wrong[0]} cannot have {NO_OPINION!r}", "only defaults can")
    return Layer(
        name,
        owner,
        values.get("extends", ""),
        {key: Setting(value, owner, name) for key, value in found.items() if key not in gone},
        gone,
        tuple(_exceptions(exceptions, name)),
    )


def _line(values: Mapping[str, Any], key: str) -> str:
    text = values.get(key, "")
    if not isinstance(text, str) or not text.strip() or not text.isprintable():
        example = {"name": "acme-web", "owner": "the platform team"}.get(key, "…")
        raise UsageError(f"{key} is missing", f'for example {key} = "{example}"')
    return text.strip()


def _settings(values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    if PACK in values:
        yield PACK, _pack(values[PACK])
    if values.get(ADVICE):
        yield ADVICE, True
    readers: Mapping[str, tuple[tuple[str, ...], Callable[[str, Any], Value]]] = {
        "defaults": (DEFAULTS, _choice),
        "locks": (LOCKS, _choice),
        "minimums": (MINIMUMS, _version),
    }
    for table, (known, read) in readers.items():
        for key, value in values.get(table, {}).items():
            _check_known(table, key, known)
            yield f"{table}.{key}", read(key, value)
    yield from _features(values.get("features", {}))
    yield from _rules(values.get("rules", {}))


def _check_known(table: str, key: str, known: tuple[str, ...]) -> None:
    if key in known:
        return
    if table == "locks" and key in DEFAULTS:
        raise UsageError(f"{key} cannot be locked: it says what is so", "set a default instead")
    raise UsageError(f"{table} has no key {key}", did_you_mean(key, known))


def _choice(key: str, value: Any) -> Value:  # noqa: ANN401 - whatever the file holds
    """Read an answer, or a key of a project."""
    if value == NO_OPINION:
        return NO_OPINION
    if key == FRAMEWORK and value not in BUILT_IN:
        raise UsageError(
            f"framework is {value!r}", f'{did_you_mean(str(value), BUILT_IN)} Or: pack = "SOURCE"'
        )
    if key == DATABASE:
        if not isinstance(value, str) or not WORD.fullmatch(value) or value in ("new", "existing"):
            raise UsageError(f"database is {value!r}", "for example sqlite or postgres")
        return value
    if key == FRAMEWORK:
        return str(value)
    read: Value = validate_values({key: value}, "it")[key]
    return tuple(sorted(read)) if key == FEATURES and isinstance(read, tuple) else read


def _version(key: str, value: Any) -> Value:  # noqa: ANN401 - whatever the file holds
    if not isinstance(value, str) or not VERSION.fullmatch(value):
        raise UsageError(f"minimums: {key} is {value!r}", f'for example {key} = "3.12"')
    return value


def _pack(text: str) -> str:
    source = parse_source(text) if is_source(text) else None
    if source is None or not source.public:
        raise UsageError(
            f"{PACK} is {text!r}, which is not an address that everyone can reach",
            'for example pack = "gh:acme/pack@v1"',
        )
    return text


def _features(values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    expect(values, dict.fromkeys(("allow", "forbid", "require"), list), "features: ")
    for word, verdict in (("forbid", "forbidden"), ("require", "required")):
        for name in values.get(word, ()):
            yield f"features.{word}.{name}", verdict
    if "allow" in values:
        yield ALLOW, tuple(sorted(values["allow"]))


def _rules(values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    expect(values, {"levels": dict, "limits": dict}, "rules: ")
    own = {rule.name for rule in POLICY_RULES}
    for name, level in read_levels(values.get("levels", {}), "rules.levels").items():
        if name in own:
            raise UsageError(f"rules.levels: {name} is the policy's own", "leave it out")
        yield f"rules.levels.{name}", level
    for name, limit in read_limits(values.get("limits", {}), "rules.limits").items():
        yield f"rules.limits.{name}", limit


def _exceptions(values: Any, policy: str) -> Iterator[PolicyException]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise UsageError("exceptions must be tables", "write [[exceptions]] above each")
    for number, one in enumerate(values, 1):
        try:
            yield _exception(dict(one), policy)
        except (ManifestError, UsageError) as error:
            message = f"exception {number}: {error.message}"
            raise UsageError(message, error.hint) from None


def _exception(values: dict[str, Any], policy: str) -> PolicyException:
    until = _day(values.pop("until", None))
    expect(values, EXCEPTION_SHAPE)
    owner, reason = (_line(values, key) for key in ("owner", "reason"))
    repository, path = (values.get(key, "") for key in ("repository", "path"))
    rule, key = (values.get(one, "") for one in ("rule", "key"))
    if bool(rule) == bool(key):
        raise UsageError("it names a rule or a key", 'key = "locks.database", for example')
    if key and path:
        raise UsageError("a key is about a repository, not about a path", "leave path out")
    if (not repository and not path) or (key and not repository):
        raise UsageError("it is for everything", 'name a repository = "gh:acme/shop" or a path')
    name = find_rule(rule).name if rule else ""
    return PolicyException(owner, until, reason, policy, plain_address(repository), path, name, key)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        what = "until is missing" if value is None else f"until is {value!r}, which is not a date"
        raise UsageError(what, "for example until = 2027-01-31") from None
