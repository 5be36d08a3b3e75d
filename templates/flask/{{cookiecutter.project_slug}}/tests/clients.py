"""Clients whose every call starts from nothing, as it does in production."""

from contextvars import Context
from typing import Any

from click.testing import Result
from flask.testing import FlaskClient, FlaskCliRunner
from werkzeug.test import TestResponse


class Client(FlaskClient):
    """A browser or a program."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request outside the test's own application context."""
        return Context().run(super().open, *args, **{"buffered": True, **kwargs})


class Runner(FlaskCliRunner):
    """Runs commands."""

    def invoke(self, *args: Any, **kwargs: Any) -> Result:
        """Run a command outside the test's own application context."""
        return Context().run(super().invoke, *args, **kwargs)
