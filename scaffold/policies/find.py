"""Find a policy and everything that it extends, and which one binds."""

from dataclasses import replace

from scaffold.errors import UsageError
from scaffold.packs import user_config
from scaffold.policies.extending import contradictions, extend
from scaffold.policies.locate import Found, locate
from scaffold.policies.policy import Policy
from scaffold.policies.reader import Layer, read_layer
from scaffold.project.state import PolicyRecord

DEPTH = 10  # policies on top of each other


def find_policy(text: str, pinned: PolicyRecord | None = None) -> Policy:
    """Read a policy with everything that it extends.

    Args:
        text: a built-in name, a path, an https address, or a source such as
            `gh:acme/policies@v3//web.toml`; `#sha256=…` pins it.
        pinned: what a project recorded of it.

    Raises:
        UsageError: there is none, or it is not as a policy must be.
        ScaffoldError: it cannot be fetched, or is not the one that was pinned.
    """
    chain = read_chain(text, pinned)
    policy = Policy("", "")
    for _, layer in reversed(chain):
        policy = extend(policy, layer)
    found = chain[0][0]
    if wrong := next(contradictions(policy.settings), None):
        raise UsageError(
            f"the policy {policy.name} contradicts itself: {wrong}", f"scaffold policy lint {text}"
        )
    note = next((one.note for one, _ in chain if one.note), "")
    return replace(policy, record=found.record, note=note)


def read_chain(text: str, pinned: PolicyRecord | None = None) -> list[tuple[Found, Layer]]:
    """Read a policy and those that it extends, the nearest first.

    Raises:
        UsageError: one is not as a policy must be, or extends itself.
        ScaffoldError: one cannot be fetched.
    """
    found = locate(text, pinned=pinned)
    chain = [(found, read_layer(found.content, found.source))]
    while further := chain[-1][1].extends:
        if len(chain) == DEPTH:
            raise UsageError(
                f"the policy {text} extends {DEPTH} others or more, or itself",
                "follow the lines extends = … of each",
            )
        found = locate(further, beside=chain[-1][0])
        chain.append((found, read_layer(found.content, found.source)))
    return chain


def outside_policy(given: str) -> Policy | None:
    """Return the policy that binds from outside of a project, whatever the project records.

    Args:
        given: what was typed after `--policy`; where nothing was, the environment decides.

    Raises:
        ScaffoldError: see `find_policy`.
    """
    named = user_config.outside_policy(given)
    return find_policy(named) if named else None


def binding_policy(given: str, recorded: PolicyRecord | None = None) -> Policy | None:
    """Return the policy that binds: from outside, else the project's, else the user's own.

    Args:
        given: what was typed after `--policy`; empty where nothing was.
        recorded: what the project records.

    Raises:
        ScaffoldError: see `find_policy`.
    """
    if outside := outside_policy(given):
        return outside
    if recorded:
        return find_policy(recorded.source, recorded)
    named = user_config.named_policy("")
    return find_policy(named) if named else None
