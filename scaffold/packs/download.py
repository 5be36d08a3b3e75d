"""A file from an https address, as far as it is needed."""


def download(address: str, limit: int, timeout: float) -> bytes:
    """Return the first bytes of what is at an address.

    Args:
        address: it begins with https://.
        limit: how many bytes at most.
        timeout: seconds to wait for an answer.

    Raises:
        OSError: it cannot be fetched; the reason is what people may read.
        ValueError: it leads elsewhere than to https, or the answer is not HTTP.
    """
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=timeout) as answer:  # noqa: S310 - https, see above
            if not answer.geturl().startswith("https://"):
                raise ValueError("it redirects to http")
            content: bytes = answer.read(limit)
            return content
    except HTTPError:
        raise
    except URLError as error:
        raise OSError(str(error.reason)) from None
    except HTTPException as error:
        raise ValueError(str(error)) from None
