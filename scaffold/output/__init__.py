"""What people see: in colour where the terminal allows, complete without.

Talk goes to standard error, what was asked for goes to standard output.
"""

from scaffold.output.adopt import adoption
from scaffold.output.change import change, change_as_dict, diff, info, undone
from scaffold.output.check import check, explanation
from scaffold.output.console import error, line, progress, working
from scaffold.output.file_tree import contents, folders, tree
from scaffold.output.fleet import fleet_check, fleet_update
from scaffold.output.packs import doctor, packs
from scaffold.output.policy import policy, policy_faults
from scaffold.output.recommendation import answers, recommendation
from scaffold.output.result import result
from scaffold.output.review import decision, features, review, summary
from scaffold.output.template import (
    source_info,
    sources,
    template_answers,
    template_code,
    template_project,
    template_result,
)

__all__ = [
    "adoption",
    "answers",
    "change",
    "change_as_dict",
    "check",
    "contents",
    "decision",
    "diff",
    "doctor",
    "error",
    "explanation",
    "features",
    "fleet_check",
    "fleet_update",
    "folders",
    "info",
    "line",
    "packs",
    "policy",
    "policy_faults",
    "progress",
    "recommendation",
    "result",
    "review",
    "source_info",
    "sources",
    "summary",
    "template_answers",
    "template_code",
    "template_project",
    "template_result",
    "tree",
    "undone",
    "working",
]
