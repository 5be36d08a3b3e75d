"""The report as JUnit XML: a test suite for each case, a test case for each step."""

from xml.etree import ElementTree as Xml

from scaffold.reporting import xml_text
from scaffold.smoke.results import CaseResult, RunResult, Status, StepResult

NOT_STARTED = StepResult("start", Status.NOT_RUN, message="the run had ended")


def text(run: RunResult) -> str:
    """Return the report as XML.

    Steps that could not run are errors, since viewers show skipped tests as passed.
    """
    root = Xml.Element("testsuites", name="scaffold smoke", time=f"{run.seconds:.3f}")
    for case in run.cases:
        root.append(_suite(case))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _suite(result: CaseResult) -> Xml.Element:
    steps = result.steps or (NOT_STARTED,)

    def count(status: Status) -> str:
        return str(sum(step.status is status for step in steps))

    suite = Xml.Element(
        "testsuite",
        name=result.case.label,
        tests=str(len(steps)),
        failures=count(Status.FAILED),
        errors=count(Status.NOT_RUN),
        skipped=count(Status.BLOCKED),
        time=f"{result.seconds:.3f}",
    )
    for step in steps:
        suite.append(_test_case(result.case.label, step))
    return suite


def _test_case(label: str, step: StepResult) -> Xml.Element:
    case = Xml.Element("testcase", name=step.step, classname=label, time=f"{step.seconds:.3f}")
    message = xml_text(step.message)
    if step.status is Status.FAILED:
        failure = Xml.SubElement(case, "failure", message=message)
        failure.text = xml_text(step.log)
    elif step.status is Status.NOT_RUN:
        Xml.SubElement(case, "error", message=f"not run: {message}")
    elif step.status is Status.BLOCKED:
        Xml.SubElement(case, "skipped", message=f"not reached: {message}")
    elif step.status is Status.CACHED:
        Xml.SubElement(case, "system-out").text = step.status.value
    return case
