"""Errors: problem details (RFC 9457) under `/api/`, a page everywhere else."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from core.context_processors import site

PROBLEM = "application/problem+json"
EXPLANATIONS = {
    400: "The request could not be read.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    405: "This cannot be done here.",
    409: "Other data depends on this, or somebody else was faster.",
    413: "This is too large.",
    429: "Wait a while, then try again.",
    500: "The fault is ours, and it is in our log.",
}
TITLES = {
    400: "Bad request",
    403: "Not allowed",
    404: "Page not found",
    405: "Not possible here",
    409: "Not possible now",
    413: "Too large",
    429: "Too many attempts",
    500: "Something went wrong",
}


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field.

    Attributes:
        field: its name, as the client writes it; empty for the whole body.
        code: for programs: required, unique, invalid …
        message: for people.
    """

    field: str
    code: str
    message: str


def problem(status: int, detail: str = "", errors: Iterable[FieldError] = ()) -> dict[str, Any]:
    """The problem details of an error."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or EXPLANATIONS.get(status, ""),
        "errors": [asdict(error) for error in errors],
    }


def error_response(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """Answer with an error in the form that the path asks for."""
    values = problem(status, detail)
    if request.path.startswith("/api/"):
        return JsonResponse(values, status=status, content_type=PROBLEM)
    # Where the fault is ours, looking for the user may be what failed.
    fault_is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    page = render_to_string(
        "errors/error.html",
        {"problem": values, "title": TITLES.get(status, values["title"]), **site(request)},
        None if fault_is_ours else request,
    )
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read."""
    return error_response(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not allowed."""
    return error_response(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from this site."""
    return error_response(
        request, 403, "The form has expired. Go back, reload the page and send it again."
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not there."""
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the server is at fault."""
    return error_response(request, 500)
