"""Recommend Flask or Django for a project, render it, and keep serving it."""

__version__ = "0.1.0"
GARBAGE = 50_000  # objects that Python makes before it looks for garbage; 700 are few for us
