"""Recipe to tree: layers, Jinja in a sandbox, formatting, validation."""

from scaffold.rendering.render import render, render_unchecked

__all__ = [
    "render",
    "render_unchecked",
]
