"""Ends TLS before a server, as a proxy does: without TLS no browser keeps a secure cookie."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit


@contextmanager
def tunnel(base: str, place: Path) -> Iterator[str]:
    """Serve a server's bytes over TLS; who asks says so in `X-Forwarded-Proto`.

    Args:
        base: the server's address.
        place: a folder for the certificate, which is made here and signed by nobody.

    Yields:
        The address to ask.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(place))
    target = urlsplit(base)
    listener = socket.create_server(("127.0.0.1", 0))
    arguments = (listener, context, (target.hostname, target.port))
    threading.Thread(target=_accept, args=arguments, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _certificate(place: Path) -> tuple[Path, Path]:
    certificate, key = place / "certificate.pem", place / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


def _accept(listener: socket.socket, context: ssl.SSLContext, target: tuple[str, int]) -> None:
    while True:
        try:
            raw, _ = listener.accept()
        except OSError:
            return  # closed
        threading.Thread(target=_join, args=(raw, context, target), daemon=True).start()


def _join(raw: socket.socket, context: ssl.SSLContext, target: tuple[str, int]) -> None:
    with (
        suppress(OSError),
        socket.create_connection(target) as server,
        context.wrap_socket(raw, server_side=True) as client,
    ):
        back = threading.Thread(target=_pump, args=(server, client), daemon=True)
        back.start()
        _pump(client, server)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
