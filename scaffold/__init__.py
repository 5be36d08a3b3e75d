"""Recommend Flask or Django for a project, render it, and keep serving it."""

__version__ = "0.1.0"
