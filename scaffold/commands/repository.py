"""The repository of a new project, with one commit."""

from pathlib import Path

from scaffold import git, process
from scaffold.commands.steps import StepLog

MESSAGE = "Initial commit"
COMMIT = f"git commit -m '{MESSAGE}'"
# Nothing that the user set for other repositories decides what is committed.
PLAIN = ("core.autocrlf=false", "core.safecrlf=false")
ADD = f"git init && git add . && {COMMIT}"
IDENTIFY = 'git config --global user.name "…" && git config --global user.email "…"'


def make_repository(place: Path, target: Path, work: StepLog) -> None:
    """Create a repository with one commit, unless there is one around it.

    Args:
        place: the staged project.
        target: where it goes.
        work: where it is noted what could not be done.
    """
    standing = next(folder for folder in (target, *target.parents) if folder.is_dir())
    if (root := git.work_tree_of(standing)) is None:
        _commit(place, work)
        return
    where = "the directory is" if root == target else f"it lies in {root}, which is"
    work.warn(
        f"no repository was created and nothing was committed: {where} a repository already",
        f"git add . && {COMMIT}",
    )


def _commit(place: Path, work: StepLog) -> None:
    branch = git.run(place, "config", "init.defaultBranch")
    if branch.code == process.NOT_INSTALLED:
        work.fail("git is not installed, so there is no repository", ADD)
        return
    commands = [["init", "--quiet"]]
    if not (branch.ok and branch.output.strip()):  # git before 2.28 has no `init -b`
        commands.append(["symbolic-ref", "HEAD", "refs/heads/main"])
    # All of it, whatever the user ignores in every repository.
    commands.append(["add", "--all", "--force"])
    for command in commands:
        done = git.run(place, *command, settings=PLAIN)
        if not done.ok:
            work.fail(f"git {command[0]} failed: {done.last}", ADD)
            return
    done = git.run(place, "commit", "--quiet", "-m", MESSAGE, settings=PLAIN)
    if "Please tell me who you are" in done.output or "empty ident" in done.output:
        work.warn(
            "git does not know who you are, so nothing is committed yet", f"{IDENTIFY} && {COMMIT}"
        )
    elif not done.ok and (found := git.commit_hooks(place)):
        work.warn(
            f"nothing is committed yet: your git hook {found[0]} refused it: {done.last}",
            f"git commit --no-verify -m '{MESSAGE}'",
        )
    elif not done.ok and "sign" in done.output:
        work.warn(
            f"nothing is committed yet: git could not sign the commit: {done.last}",
            f"git commit --no-gpg-sign -m '{MESSAGE}'",
        )
    elif not done.ok:
        work.fail(f"git commit failed: {done.last}", COMMIT)
