"""Packs on disk: manifests, features and the meaning of field types."""

from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.features import Feature, Joint
from scaffold.packs.pack import Pack, choose_features, read_pack

__all__ = [
    "BUILT_IN",
    "Feature",
    "Joint",
    "Pack",
    "choose_features",
    "find_pack",
    "read_pack",
]
