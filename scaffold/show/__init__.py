"""What people see: in colour where the terminal allows, complete without.

Talk goes to standard error, what was asked for goes to standard output.
"""

from scaffold.show.advice import answers, recommendation
from scaffold.show.console import error, line, progress, working
from scaffold.show.files import contents, folders, tree
from scaffold.show.listing import doctor, packs
from scaffold.show.outcome import result
from scaffold.show.review import decision, features, review, summary

__all__ = [
    "answers",
    "contents",
    "decision",
    "doctor",
    "error",
    "features",
    "folders",
    "line",
    "packs",
    "progress",
    "recommendation",
    "result",
    "review",
    "summary",
    "tree",
    "working",
]
