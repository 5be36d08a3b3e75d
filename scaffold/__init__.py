"""Recommend Flask or Django for a project, render it, and keep serving it."""

__version__ = "0.1.0"
GC_THRESHOLD = 50_000  # allocations between two collections; Python's 700 slow a short run down
