"""`scaffold list`: the packs and the features each has."""

from dataclasses import dataclass
from typing import Any

from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.features import Feature


@dataclass(frozen=True)
class PackListing:
    """One pack and its features."""

    name: str
    label: str
    version: str
    features: tuple[Feature, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        shown = ("name", "label", "why", "default", "requires", "conflicts", "group", "advice")
        features = [{key: getattr(feature, key) for key in shown} for feature in self.features]
        return {
            "name": self.name,
            "label": self.label,
            "version": self.version,
            "features": features,
        }


def list_packs() -> tuple[PackListing, ...]:
    """Read the built-in packs."""
    found = [find_pack(name) for name in BUILT_IN]
    return tuple(PackListing(p.name, p.label, p.version, tuple(p.features.values())) for p in found)
