"""The table of a fleet for programs and as one page of HTML."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scaffold import __version__
from scaffold.fleet.check import STATUSES, UNKNOWN, FleetCheck, RepositoryCheck

FORMAT = 1
PAGE = Path(__file__).with_name("page.html.jinja")


def as_json(result: FleetCheck) -> str:
    """Return the table as a JSON document."""
    return json.dumps(as_dict(result), indent=2, ensure_ascii=False) + "\n"


def as_dict(result: FleetCheck) -> dict[str, Any]:
    """Return the table as plain values."""
    return {
        "format": FORMAT,
        "scaffold": __version__,
        "code": int(result.code),
        "policy": result.policy,
        "counts": {status: result.count(status) for status in STATUSES},
        "repositories": [_row(row) for row in result.rows],
    }


def as_html(result: FleetCheck) -> str:
    """Return the table as a page that needs no other file and no network."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(PAGE.read_text("utf-8"))
    return template.render(
        result=result,
        statuses=STATUSES,
        day=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=__version__,
        unknown=UNKNOWN,
    )


FORMS: Mapping[str, Callable[[FleetCheck], str]] = {"json": as_json, "html": as_html}


def _row(row: RepositoryCheck) -> dict[str, Any]:
    return {
        "name": row.name,
        "source": row.source,
        "status": row.status,
        "code": int(row.code),
        "frameworks": list(row.frameworks),
        "template": row.template.name,
        "version": row.template.version,
        "behind": row.behind,
        "violations": row.violations,
        "drift": None if row.template.drift == UNKNOWN else row.template.drift,
        "exceptions": row.exceptions,
        "tolerated": row.tolerated,
        "not_run": row.not_run,
        "problem": row.problem,
        "hint": row.hint,
        "note": row.note,
        "check": row.report or None,
    }
