"""Policies: what a team decided for all its projects; nothing in a project can undo it."""

from scaffold.policies.find import binding_policy, find_policy
from scaffold.policies.policy import Policy, PolicyException, Setting

__all__ = ["Policy", "PolicyException", "Setting", "binding_policy", "find_policy"]
