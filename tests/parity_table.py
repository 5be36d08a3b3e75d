"""`python -m tests.parity_table`: run the contract on both packs, write docs/parity.md from it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/parity.md"
LOGS = ROOT / ".proof"
PACKS = {"flask": "Flask", "django": "Django"}
SUBJECTS = {
    "site": "Site", "accounts": "Accounts", "pages": "Pages", "lists": "Lists",
    "filters": "Filters", "writes": "Writes", "types": "Types", "relations": "Relations",
    "permissions": "Permissions", "protocol": "Protocol", "races": "Races",
    "document": "Documents", "limits": "Limits", "shutdown": "Shutdown",
    "make": "Make targets",
}  # fmt: skip
HEAD = """# Flask and Django, side by side

Written by `python -m tests.parity_table` from a run of the contract suite against a live server of
each pack, rendered from the same recipe: a row for each promise, the number of cases that passed.
The commit it was had on is in [Proof](proof.md).
"""
Cases = dict[tuple[str, str], list[bool]]


def main() -> int:
    """Run both suites and write the page.

    Returns:
        0 where every case of both passed.
    """
    LOGS.mkdir(exist_ok=True)
    found = {pack: _run(pack) for pack in PACKS}
    PAGE.write_text(HEAD + _tables(found))
    counts = [len(results) for cases in found.values() for results in cases.values()]
    good = all(all(results) for cases in found.values() for results in cases.values())
    print(f"{sum(counts)} cases, {'all passed' if good else 'not all passed'}")
    return 0 if good and counts else 1


def _run(pack: str) -> Cases:
    report = LOGS / f"contract-{pack}.xml"
    report.unlink(missing_ok=True)
    words = ["pytest", "-q", "tests/contract", f"--pack={pack}", f"--junit-xml={report}"]
    subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=False)
    cases: Cases = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest's own report
        subject = str(case.get("classname")).rpartition("test_contract_")[2]
        name = str(case.get("name")).partition("[")[0].removeprefix("test_").replace("_", " ")
        if subject in SUBJECTS and case.find("skipped") is None:
            cases.setdefault((subject, name), []).append(len(case) == 0)
    return cases


def _tables(found: Mapping[str, Cases]) -> str:
    parts = []
    for subject, title in SUBJECTS.items():
        names = [name for where, name in found["flask"] | found["django"] if where == subject]
        rows = [f"| {name} | {' | '.join(_cell(found[p], subject, name) for p in PACKS)} |"
                for name in names]  # fmt: skip
        heads = " | ".join(PACKS.values())
        parts.append(
            "\n".join([f"\n## {title}\n", f"| promise | {heads} |", "|---|---|---|", *rows])
        )
    return "\n".join(parts) + "\n"


def _cell(cases: Cases, subject: str, name: str) -> str:
    results = cases.get((subject, name), [])
    return f"{sum(results)} of {len(results)}" if results else "not run"


if __name__ == "__main__":
    sys.exit(main())
