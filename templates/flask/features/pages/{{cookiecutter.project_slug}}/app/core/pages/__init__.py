"""Server-rendered pages of resources: list, detail, create, edit, delete."""

from app.core.pages.views import ResourcePages

__all__ = ["ResourcePages"]
