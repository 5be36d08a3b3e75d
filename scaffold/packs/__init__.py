"""Packs on disk: manifests, features and the meaning of field types."""
