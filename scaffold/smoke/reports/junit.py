"""The report that CI systems read: a suite is a recipe, a case is a step."""

import re
from xml.etree import ElementTree as Xml

from scaffold.smoke.results import Outcome, Status, Summary, Verdict

UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")  # what XML cannot hold


def text(summary: Summary) -> str:
    """The report as JUnit XML.

    What could not run is an error, for a viewer shows what is skipped as green.
    """
    root = Xml.Element("testsuites", name="scaffold smoke", time=f"{summary.seconds:.3f}")
    for verdict in summary.verdicts:
        root.append(_suite(verdict))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _suite(verdict: Verdict) -> Xml.Element:
    outcomes = verdict.outcomes or (Outcome("start", Status.NOT_RUN, message="the run had ended"),)

    def count(*statuses: Status) -> str:
        return str(sum(found.status in statuses for found in outcomes))

    suite = Xml.Element(
        "testsuite",
        name=verdict.case.label,
        tests=str(len(outcomes)),
        failures=count(Status.FAILED),
        errors=count(Status.NOT_RUN),
        skipped=count(Status.BLOCKED),
        time=f"{verdict.seconds:.3f}",
    )
    for found in outcomes:
        suite.append(_case(verdict.case.label, found))
    return suite


def _case(label: str, found: Outcome) -> Xml.Element:
    case = Xml.Element("testcase", name=found.step, classname=label, time=f"{found.seconds:.3f}")
    message = _clean(found.message)
    if found.status is Status.FAILED:
        failure = Xml.SubElement(case, "failure", message=message)
        failure.text = _clean(found.log)
    elif found.status is Status.NOT_RUN:
        Xml.SubElement(case, "error", message=f"not run: {message}")
    elif found.status is Status.BLOCKED:
        Xml.SubElement(case, "skipped", message=f"not reached: {message}")
    elif found.status is Status.PROVEN:
        Xml.SubElement(case, "system-out").text = found.status.value
    return case


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
