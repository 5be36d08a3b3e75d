"""The layout of a project, checked by rules that read its source and never run it."""

from scaffold.checks.project import Project
from scaffold.checks.result import CheckResult
from scaffold.checks.rules import RULES, find_rule
from scaffold.checks.runner import run_rules

__all__ = ["RULES", "CheckResult", "Project", "find_rule", "run_rules"]
