"""A web application of a few lines that counts as the real one does, and starts at once."""

from collections.abc import Callable, Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

CORE = Path(__file__).parents[1] / "{{ cookiecutter._paths.core }}" / "metrics.py"
spec = spec_from_file_location("metrics", CORE)  # its package would bring the whole project along
assert spec
assert spec.loader
metrics = module_from_spec(spec)
spec.loader.exec_module(metrics)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Show the metrics at `/metrics`; count everything else."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == metrics.PATH:
        return [metrics.exposition()]
    metrics.observe("GET", None, 404, 0.1)
    return [b"counted"]
