"""Tells other systems of something, by a POST that may be repeated."""

import json
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds; a job that waits holds up the others


class WebhookUnavailable(OSError):  # noqa: N818 - it passes, it is no fault of ours
    """The other system cannot take it now; later it may."""


class WebhookRefused(ValueError):  # noqa: N818 - likewise no fault of ours
    """The other system does not want it; to ask again would not help."""


def post(address: str, values: dict[str, Any], key: str) -> None:
    """Send values as JSON.

    Args:
        address: of the other system, http or https.
        values: what to tell.
        key: the same for each attempt, sent as `Idempotency-Key`: what comes twice, because an
            answer was lost, is known by it.

    Raises:
        WebhookUnavailable: there was no answer, or one that asks to come back.
        WebhookRefused: the answer was no.
    """
    parts = urlsplit(address)
    place = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.netloc, timeout=TIMEOUT)
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    try:
        line.request("POST", place, json.dumps(values), headers)
        status = line.getresponse().status
    except (HTTPException, OSError) as error:
        raise WebhookUnavailable(f"{parts.netloc} does not answer: {error}") from error
    finally:
        line.close()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise WebhookUnavailable(f"{parts.netloc} answers {status}")
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        raise WebhookRefused(f"{parts.netloc} answers {status}")
