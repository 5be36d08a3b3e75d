"""Errors: problem details (RFC 9457) under `/api/`, a page everywhere else."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import BadHost, Conflict, Forbidden, HTTPException

PROBLEM = "application/problem+json"
EXPIRED = "The form has expired. Go back, reload the page and send it again."
PAGES = {
    400: ("Bad request", "The request could not be read."),
    401: ("Not signed in", "Log in, then try again."),
    403: ("Not allowed", "You may not do this."),
    404: ("Page not found", "There is nothing at this address."),
    405: ("Not possible here", "This cannot be done here."),
    413: ("Too large", "This is too large."),
    429: ("Too many attempts", "Wait a while, then try again."),
    500: ("Something went wrong", "The fault is ours, and it is in our log."),
}


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field.

    Args:
        field: its name, as the client writes it; empty for the whole body.
        code: for programs: required, unique, invalid …
        message: for people.
    """

    field: str
    code: str
    message: str


class ProblemError(HTTPException):
    """An error with a list of fields at fault."""

    def __init__(self, status: int, detail: str, errors: Iterable[FieldError] = ()) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = tuple(errors)


def problem(error: HTTPException) -> dict[str, Any]:
    """The problem details of an error."""
    errors = error.errors if isinstance(error, ProblemError) else ()
    return {
        "type": "about:blank",
        "title": error.name,
        "status": error.code,
        "detail": _text(error),
        "errors": [asdict(item) for item in errors],
    }


def handle(error: HTTPException) -> Response | HTTPException:
    """Answer with problem details or a page, keeping the error's own headers."""
    in_api = request.path.startswith("/api/")
    if isinstance(error, CSRFError):
        error = Forbidden(error.description if in_api else EXPIRED)
    status = error.code or 500
    if status < 400 or error.response is not None:  # noqa: PLR2004 - a redirect
        return error
    response = Response(status=status)
    response.headers.update(
        [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    )
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        response.headers.setdefault("WWW-Authenticate", "Bearer")
    if in_api:
        response.set_data(json.dumps(problem(error)))
        response.content_type = PROBLEM
        return response
    if isinstance(request.routing_exception, BadHost):  # a page would need links
        response.set_data(error.description or error.name)
        response.content_type = "text/plain; charset=utf-8"
        return response
    if status >= 500:  # noqa: PLR2004 - HTTP's own number
        g.user = None  # looking for the user may be what failed, or fail after what did
    response.set_data(_page(error, status))
    response.content_type = "text/html; charset=utf-8"
    return response


def _page(error: HTTPException, status: int) -> str:
    title = PAGES[status][0] if status in PAGES else error.name
    return render_template("errors/error.html", title=title, text=_text(error), status=status)


def _text(error: HTTPException) -> str:
    """What happened, in plain words: what Werkzeug says of a class is long and about browsers."""
    is_general = error.description == type(error).description
    if is_general and error.code in PAGES:
        return PAGES[error.code][1]
    return error.description or ""


def init_app(app: Flask) -> None:
    """Handle every HTTP error in one place."""
    app.register_error_handler(HTTPException, handle)

    @app.errorhandler(ObjectDeletedError)
    def tell_conflict(_error: ObjectDeletedError) -> Response | HTTPException:
        return handle(Conflict("Somebody else has just deleted this."))
