"""`scaffold adopt`: an existing project of Flask or Django under the tool; nothing of it changes.

Afterwards it is as if the template had made it and somebody had changed it since: `diff` shows
how it differs, `update` merges what the template changes from now on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.checks import CheckResult, Project, run_rules
from scaffold.checks.baseline import NAME as BASELINE
from scaffold.checks.baseline import baseline_of, read_baseline, write_baseline
from scaffold.checks.config import read_config
from scaffold.checks.settings import installed_apps
from scaffold.commands.check import prefix_of
from scaffold.errors import Exit, ScaffoldError, UsageError, did_you_mean
from scaffold.merge.file import same_text
from scaffold.model.identifiers import check_slug, slug_of
from scaffold.model.recipe import Recipe
from scaffold.model.tree import File, Tree
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.features import Feature
from scaffold.packs.pack import Pack, choose_features
from scaffold.policies import Policy
from scaffold.project.base import BASE
from scaffold.project.files import write_tree
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import merged_files, read_recipe, state_files
from scaffold.rendering.render import render

REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
OWN_MARK = re.compile(r"\{=|\{\{|\{%")  # in a path of a template: it depends on the project


@dataclass(frozen=True)
class Adoption:
    """What adopting a project does.

    Args:
        root: the project's directory.
        recipe: the nearest recipe.
        reasons: why it has a feature, by the feature's name.
        same: the template's files that the project has as they are.
        different: those that it has otherwise.
        missing: those that it has not.
        check: what breaks a rule, and goes into the baseline.
        written: the files that were written; none where it was adopted before, or in a dry run.
        before: it was adopted, or made by scaffold, before.
    """

    root: Path
    recipe: Recipe
    reasons: Mapping[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    check: CheckResult | None = None
    written: tuple[str, ...] = ()
    before: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {
            "path": str(self.root),
            "recipe": self.recipe.as_dict(),
            "reasons": dict(self.reasons),
            "same": list(self.same),
            "different": list(self.different),
            "missing": list(self.missing),
            "violations": len(self.check.failing) if self.check else 0,
            "written": list(self.written),
            "before": self.before,
        }


def adopt(
    path: Path | None,
    framework: str = "",
    *,
    dry_run: bool = False,
    policy: Policy | None = None,
) -> Adoption:
    """Write the state files and the baseline of a project that scaffold has not made.

    Args:
        path: its directory; the current one where none is given.
        framework: flask or django; found out where none is given.
        dry_run: write nothing.
        policy: the policy that binds; its levels and limits hold, and it is recorded.

    Raises:
        UsageError: there is no such framework.
        ScaffoldError: there is no such directory, or nothing in it imports Flask or Django.
    """
    root = (path or Path.cwd()).absolute()
    if (root / STATE_FILE).exists():
        return Adoption(root, read_recipe(root), before=True)
    config = read_config(root)
    config = policy.config(config) if policy else config
    project = Project(root, config.unread)
    pack = find_pack(_framework(project, framework))
    reasons = dict(_detected(project, pack))
    recipe = _recipe(project, pack, reasons)
    tree = render(recipe, pack)
    check = run_rules(project, config=config, prefix=prefix_of(root))
    same, different, missing = _compare(project, merged_files(tree, pack))
    written: tuple[str, ...] = ()
    if not dry_run:
        record = policy.record if policy else None
        written = _write(root, state_files(recipe, pack, tree, policy=record), check)
    return Adoption(root, recipe, reasons, same, different, missing, check, written)


def _framework(project: Project, named: str) -> str:
    """Return the framework that is named, or the one that the project uses.

    Raises:
        UsageError: there is no such framework.
        ScaffoldError: the project uses none.
    """
    if named:
        if named not in BUILT_IN:
            raise UsageError(
                f"there is no pack {named!r} to adopt into", did_you_mean(named, BUILT_IN)
            )
        return named
    if project.uses("django") and (installed_apps(project) or not project.uses("flask")):
        return "django"
    if project.uses("flask"):
        return "flask"
    raise ScaffoldError(
        f"nothing in {project.root} imports Flask or Django",
        "name the directory of the project: scaffold adopt path/to/project",
        Exit.NOT_RUN,
    )


def _detected(project: Project, pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the features that a project has, and what shows it."""
    required, installed = _requirements(project), installed_apps(project)
    for feature in pack.features.values():
        slots = feature.slots
        needed = {_plain(str(row)) for row in slots.get("dependencies", ())} - {""}
        apps = {str(row) for row in slots.get("installed_apps", ())}
        if len(common := needed & required) > len(needed) / 2:
            yield feature.name, f"it depends on {min(common)}"
        elif len(common := apps & installed) > len(apps) / 2:
            yield feature.name, f"it has {min(common)} installed"
        elif found := next((path for path in _files(feature, pack) if project.exists(path)), ""):
            yield feature.name, f"it has {found}"


def _files(feature: Feature, pack: Pack) -> Iterator[str]:
    """Yield the files of a feature at the top of a project, and in folders with a dot."""
    for root in (folder / pack.template for folder in feature.folders):
        for path, _ in pack.files.walk(root) if root.is_dir() else ():
            name = path.relative_to(root).as_posix()
            if not OWN_MARK.search(name) and ("/" not in name or name.startswith(".")):
                yield name


def _requirements(project: Project) -> set[str]:
    """Return the names of a project's dependencies."""
    values = project.pyproject
    lists = [values.get("project", {}).get("dependencies", [])]
    lists += values.get("project", {}).get("optional-dependencies", {}).values()
    lists += values.get("dependency-groups", {}).values()
    poetry = values.get("tool", {}).get("poetry", {})
    lists += [poetry.get("dependencies", {}), poetry.get("dev-dependencies", {})]
    lists += [group.get("dependencies", {}) for group in poetry.get("group", {}).values()]
    names = {_plain(row) for rows in lists for row in rows if isinstance(row, str)}
    for path in project.files:
        if "requirements" in path and path.endswith((".txt", ".in")):
            names |= {_plain(found) for found in REQUIREMENT.findall(project.read(path))}
    return names


def _plain(requirement: str) -> str:
    found = REQUIREMENT.match(requirement)
    return re.sub(r"[-_.]+", "-", found[1]).lower() if found else ""


def _recipe(project: Project, pack: Pack, reasons: dict[str, str]) -> Recipe:
    """Return the nearest recipe; the project's own apps are not the template's, and stay out."""
    wanted = set(reasons)
    for name in sorted(reasons):
        rivals = {*pack.features[name].conflicts} | {
            other.name
            for other in pack.features.values()
            if other.group and other.group == pack.features[name].group and other.name != name
        }
        if name in wanted:
            wanted -= rivals
    features, implied = choose_features(pack, wanted)
    for name in set(reasons) - set(features):
        del reasons[name]
    reasons |= {name: f"{other} needs it" for name, other in implied.items()}
    described = project.pyproject.get("project", {})
    name = str(described.get("name") or project.root.name)
    description = str(described.get("description") or "A web application.").split("\n")[0]
    slug = slug_of(name)
    try:
        check_slug(slug, pack.reserved)
    except UsageError:
        slug = slug_of(f"{name}-site")
    title = re.sub(r"[-_.]+", " ", name).strip().title()
    return Recipe(pack.name, title, slug, description, features, pack_version=pack.version)


def _compare(
    project: Project, tree: Tree
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the template's files that a project has as they are, otherwise, and not at all."""
    same, different, missing = [], [], []
    for path, file in tree.items():
        place = project.root / path
        if not place.is_file():
            missing.append(path)
        elif same_text(file, File(place.read_bytes())):
            same.append(path)
        else:
            different.append(path)
    return tuple(same), tuple(different), tuple(missing)


def _write(root: Path, state: Tree, check: CheckResult) -> tuple[str, ...]:
    """Write the state files, the state itself last, and a baseline where there is none.

    Raises:
        ScaffoldError: a file cannot be written.
    """
    written = [BASE, STATE_FILE]
    if not read_baseline(root).counts and check.failing:
        write_baseline(root, baseline_of(check.failing))
        written.insert(0, BASELINE)
    try:
        for path in (BASE, STATE_FILE):
            (root / path).unlink(missing_ok=True)
            write_tree(Tree({path: state[path]}), root)
    except OSError as error:
        raise ScaffoldError(f"{root} cannot be written to: {error.strerror}") from None
    return tuple(written)
