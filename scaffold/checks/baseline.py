"""The baseline: how often each symbol may break a rule because it did when the rule came.

Old debt is tolerated, new debt fails. Entries have no lines, so that moving code changes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scaffold.checks.result import Finding
from scaffold.errors import ScaffoldError, UsageError

NAME = "scaffold-baseline.json"
FORMAT = 1
Key = tuple[str, str, str]  # rule, path, symbol


class Baseline:
    """What is tolerated.

    Args:
        counts: how often, by rule, path and symbol.
    """

    def __init__(self, counts: Counter[Key]) -> None:
        self.counts = counts

    def divide(self, findings: Sequence[Finding]) -> tuple[list[Finding], int, int]:
        """Return the findings that are new, how many are tolerated, and how many are gone."""
        left = self.counts.copy()
        new = []
        for one in findings:
            key = _key(one)
            if left[key] > 0:
                left[key] -= 1
            else:
                new.append(one)
        return new, len(findings) - len(new), left.total()

    def text(self) -> str:
        """Return the content of its file: sorted, so that two branches merge."""
        values: dict[str, Any] = {}
        for (rule, path, symbol), count in sorted(self.counts.items()):
            values.setdefault(rule, {}).setdefault(path, {})[symbol] = count
        return json.dumps({"format": FORMAT, "violations": values}, indent=2) + "\n"


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Return a baseline that tolerates what was found."""
    return Baseline(Counter(map(_key, findings)))


def read_baseline(root: Path) -> Baseline:
    """Read the baseline of a project; an empty one where it has none.

    Raises:
        UsageError: it is damaged.
    """
    file = root / NAME
    try:
        values = json.loads(file.read_text("utf-8"))
        return Baseline(Counter(dict(_entries(values["violations"]))))
    except FileNotFoundError:
        return Baseline(Counter())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{NAME} cannot be read: {error}", "write it anew: scaffold check --update-baseline"
        ) from None


def write_baseline(root: Path, baseline: Baseline) -> Path:
    """Write the baseline of a project; remove the file where nothing is tolerated.

    Raises:
        ScaffoldError: it cannot be written.
    """
    file = root / NAME
    try:
        if baseline.counts:
            file.write_text(baseline.text(), encoding="utf-8")
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise ScaffoldError(f"{file} cannot be written: {error.strerror}") from None
    return file


def _entries(rules: dict[str, dict[str, dict[str, int]]]) -> Iterator[tuple[Key, int]]:
    for rule, paths in rules.items():
        for path, symbols in paths.items():
            for symbol, count in symbols.items():
                yield (rule, path, symbol), int(count)


def _key(one: Finding) -> Key:
    return one.rule.name, one.violation.path, one.violation.symbol
