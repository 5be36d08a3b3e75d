"""Forms that no model makes."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm


class PageForm(FlaskForm):
    """A form of a page: it takes what a browser's form sends, neither JSON nor files."""

    def __init__(self, **options: Any) -> None:
        super().__init__(request.form, **options)
