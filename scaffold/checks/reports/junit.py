"""The report as JUnit XML: a test suite for each rule, a failed test case for each violation."""

from collections import defaultdict
from xml.etree import ElementTree as Xml

from scaffold.checks.result import CheckResult, Finding
from scaffold.checks.rule import Level
from scaffold.checks.rules import RULES
from scaffold.reporting import xml_text


def text(result: CheckResult) -> str:
    """Return the report as XML; a rule without violations is a test case that passed."""
    root = Xml.Element("testsuites", name="scaffold check", time=f"{result.seconds:.3f}")
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in result.findings:
        found[one.rule.id].append(one)
    for rule in RULES:
        suite = Xml.SubElement(root, "testsuite", name=f"{rule.id} {rule.name}")
        for one in found[rule.id]:
            _violation(suite, one)
        if not found[rule.id]:
            Xml.SubElement(suite, "testcase", name=rule.title, classname=rule.name)
    if result.not_run:
        suite = Xml.SubElement(root, "testsuite", name="not run")
        for missing in result.not_run:
            case = Xml.SubElement(suite, "testcase", name=missing.what, classname="not run")
            Xml.SubElement(case, "error", message=xml_text(missing.reason))
    for suite in root:
        _count(suite, list(suite))
    _count(root, [case for suite in root for case in suite])
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _violation(suite: Xml.Element, one: Finding) -> None:
    violation = one.violation
    place = f"{violation.path}:{violation.line}" if violation.line else violation.path
    name = f"{place} {violation.symbol}".strip()
    case = Xml.SubElement(suite, "testcase", name=xml_text(name), classname=one.rule.name)
    message = xml_text(violation.message)
    if one.level is Level.NOTE:
        Xml.SubElement(case, "system-out").text = message
        return
    failure = Xml.SubElement(case, "failure", message=message, type=one.level.value)
    failure.text = xml_text(f"{place}: {violation.message}\n{one.hint}")


def _count(element: Xml.Element, cases: list[Xml.Element]) -> None:
    element.set("tests", str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error")):
        element.set(key, str(sum(case.find(tag) is not None for case in cases)))
