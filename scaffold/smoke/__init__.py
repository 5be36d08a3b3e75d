"""Test that generated projects work: install, check, migrate, test, boot and probe them."""

from scaffold.smoke.config import SmokeConfig, Step
from scaffold.smoke.listener import Listener, SilentListener
from scaffold.smoke.results import Case, CaseResult, RunResult, Status, StepResult

__all__ = [
    "Case",
    "CaseResult",
    "Listener",
    "RunResult",
    "SilentListener",
    "SmokeConfig",
    "Status",
    "Step",
    "StepResult",
]
