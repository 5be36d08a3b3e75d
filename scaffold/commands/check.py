"""`scaffold check`: the layout of a project, whoever made it."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scaffold import git
from scaffold.checks import CheckResult, Project, run_rules
from scaffold.checks.baseline import Baseline, baseline_of, read_baseline, write_baseline
from scaffold.checks.config import Config, read_config
from scaffold.checks.fixing import apply_fixes
from scaffold.checks.project import without_collector
from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.policies import Policy, binding_policy
from scaffold.policies.find import outside_policy
from scaffold.policies.policy import ADVICE
from scaffold.policies.repository import plain_address, repository_of
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import PolicyRecord, read_state
from scaffold.project.template_state import is_template_project

if TYPE_CHECKING:
    from scaffold.checks import advice

FRAMEWORKS = ("flask", "django")


@dataclass(frozen=True)
class CheckOptions:
    """How to check.

    Args:
        since: a revision of git: what was a violation there is tolerated.
        update_baseline: tolerate what is found, from now on.
        fix: fix what can be fixed without a change of what the application does.
        unsafe_fixes: fix the rest that can be fixed, too.
        policy: the policy that binds; None for the one that the project records, if any.
        repository: the address of the project's repository; empty for the one it was cloned from.
    """

    since: str = ""
    update_baseline: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    policy: Policy | None = None
    repository: str = ""


@without_collector()
def check(path: Path | None, options: CheckOptions | None = None) -> CheckResult:
    """Check the layout of a project of Flask or Django; read its source and run nothing.

    Args:
        path: its directory; without one, the scaffold project around the current directory, or
            the current directory itself.
        options: how.

    Raises:
        UsageError: its configuration or its baseline is wrong, or there is no such revision.
        ScaffoldError: there is no such directory; or there is nothing in it to check, or the
            policy cannot be fetched (exit code 8).
    """
    options = options or CheckOptions()
    root = path or project_around(Path.cwd())
    policy = options.policy or _policy_of(root)
    config = read_config(root)
    config = policy.config(config) if policy else config
    project = Project(root, config.unread)
    frameworks = tuple(name for name in FRAMEWORKS if project.uses(name))
    if not frameworks and not project.unreadable:
        raise ScaffoldError(
            f"nothing in {root} imports Flask or Django, so nothing was checked",
            "name the directory of the project: scaffold check path/to/project",
            Exit.NOT_RUN,
        )
    result = run_rules(project, config=config, prefix=prefix_of(root))
    if options.fix or options.unsafe_fixes:
        fixed = apply_fixes(project, result, unsafe=options.unsafe_fixes)
        project = Project(root, config.unread)
        result = replace(run_rules(project, config=config, prefix=result.prefix), fixed=fixed)
    points = _points(policy, project, result)
    result = replace(_tolerated(result, options, config), points=points, frameworks=frameworks)
    if policy is None:
        return result
    from scaffold.policies.conformance import judge

    repository = plain_address(options.repository) or repository_of(root)
    return judge(policy, project, result, repository, date.today())  # noqa: DTZ011 - the user's


def policy_from_outside(given: str) -> Policy | None:
    """Return the policy that binds whatever a project records.

    Args:
        given: what was typed after `--policy`; where nothing was, the environment decides.

    Raises:
        ScaffoldError: it cannot be fetched, so nothing was checked (exit code 8).
    """
    with _needed():
        return outside_policy(given)


def _policy_of(root: Path) -> Policy | None:
    with _needed():
        return binding_policy("", recorded_policy(root))


@contextmanager
def _needed() -> Iterator[None]:
    """Say that nothing was checked where the policy that binds cannot be had."""
    try:
        yield
    except UsageError:
        raise
    except ScaffoldError as error:
        message = f"{error.message}; nothing was checked"
        raise ScaffoldError(message, error.hint, Exit.NOT_RUN) from None


def _points(
    policy: Policy | None, project: Project, result: CheckResult
) -> "tuple[advice.Point, ...]":
    """Return how near a project is to the advice, where the policy asks for it."""
    if policy is None or ADVICE not in policy.settings:
        return ()
    from scaffold.checks import advice

    return advice.points(project, result)


def _tolerated(result: CheckResult, options: CheckOptions, config: Config) -> CheckResult:
    """Return a result without what baseline and revision had; write the baseline if told."""
    if options.update_baseline:
        write_baseline(result.root, baseline_of(result.failing))
    result = tolerate(result, read_baseline(result.root))
    if options.since:
        result = replace(tolerate(result, _violations_at(options.since, result, config)), gone=0)
    return result


def recorded_policy(root: Path) -> PolicyRecord | None:
    """Return the policy that a project records; None where it records none."""
    if not (root / STATE_FILE).is_file() or is_template_project(root):
        return None
    try:
        return read_state(root).policy
    except ScaffoldError:  # said by the rules that read it
        return None


def tolerate(result: CheckResult, baseline: Baseline) -> CheckResult:
    """Return a result without the violations that a baseline has."""
    new, tolerated, gone = baseline.divide(result.findings)
    return replace(result, findings=new, tolerated=result.tolerated + tolerated, gone=gone)


def project_around(start: Path) -> Path:
    """Return the scaffold project that a directory belongs to, else the directory itself."""
    folders = (start, *start.parents)
    return next((folder for folder in folders if (folder / STATE_FILE).is_file()), start)


def prefix_of(root: Path) -> str:
    """Return where a directory is in its repository, with a slash; empty at its root."""
    done = git.run(root, "rev-parse", "--show-prefix")
    return done.output.strip() if done.ok else ""


def _violations_at(revision: str, result: CheckResult, config: Config) -> Baseline:
    """Check a project as it was at a revision, with the configuration of today."""
    commit = git.run(result.root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{}}")
    with TemporaryDirectory(prefix="scaffold-") as place:
        archive, then = Path(place, "then.tar"), Path(place, "then")
        done = git.run(result.root, "archive", f"--output={archive}", commit.output.strip())
        if not (commit.ok and done.ok):
            raise UsageError(
                f"git has no revision {revision} of {result.root}: {commit.last}",
                "fetch it first; CI services clone one commit unless told: fetch-depth: 0",
            )
        with tarfile.open(archive) as tar:
            tar.extractall(then, filter="data")
        project = Project(then, config.unread, committed=True)
        return baseline_of(run_rules(project, config=config).findings)
