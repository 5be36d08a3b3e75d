"""Shared machinery. Nothing here knows a blueprint by name."""
