"""What a person has set for all projects: scaffold's `config.toml`, cookiecutter's rc file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.errors import UsageError
from scaffold.packs.manifest import ManifestError, expect

POLICY_VARIABLE = "SCAFFOLD_POLICY"
SHAPE = {"sources": dict, "trust": list, "policy": str}


@dataclass(frozen=True)
class UserConfig:
    """The content of `config.toml` in the user's configuration directory.

    Args:
        sources: the user's own names for packs and templates.
        trust: prefixes of sources whose code may run without asking.
        policy: the policy of projects that record none.
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    trust: tuple[str, ...] = ()
    policy: str = ""


def config_file() -> Path:
    """Return where the file is, whether it exists or not."""
    from platformdirs import user_config_path

    return user_config_path("scaffold") / "config.toml"


def read_user_config() -> UserConfig:
    """Read the user's configuration; a file that does not exist sets nothing.

    Raises:
        UsageError: it cannot be read, or has an unknown key.
    """
    path = config_file()
    try:
        values = tomllib.loads(path.read_text("utf-8"))
        expect(values, SHAPE)
        expect(values.get("sources", {}), dict.fromkeys(values.get("sources", {}), str))
    except FileNotFoundError:
        return UserConfig()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    except ManifestError as error:
        raise UsageError(f"{path}: {error.message}", error.hint) from None
    trust = tuple(values.get("trust", ()))
    return UserConfig(values.get("sources", {}), trust, values.get("policy", ""))


def outside_policy(given: str) -> str:
    """Return the policy that was typed, or that the environment names; empty without one."""
    return given or os.environ.get(POLICY_VARIABLE, "")


def named_policy(given: str) -> str:
    """Return the policy that binds what records none; empty without one.

    Raises:
        UsageError: the user's configuration cannot be read.
    """
    return outside_policy(given) or read_user_config().policy


def has_cookiecutter_config() -> bool:
    """Tell whether the user has a configuration of cookiecutter's."""
    return (
        bool(os.environ.get("COOKIECUTTER_CONFIG"))
        or Path("~/.cookiecutterrc").expanduser().exists()
    )


def cookiecutter_config() -> dict[str, Any]:
    """Return cookiecutter's configuration, as its own command reads it.

    Raises:
        UsageError: it cannot be read.
    """
    from cookiecutter import config
    from cookiecutter.exceptions import CookiecutterException

    try:
        # Its own constant was expanded when it was imported, perhaps for another home.
        path = os.environ.get("COOKIECUTTER_CONFIG") or Path("~/.cookiecutterrc").expanduser()
        found: dict[str, Any] = config.get_config(path)
    except (CookiecutterException, OSError, ValueError) as error:
        raise UsageError(f"cookiecutter's configuration cannot be read: {error}") from None
    return found
