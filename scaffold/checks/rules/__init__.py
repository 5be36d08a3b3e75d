"""The rules, one module for each family."""

from scaffold.checks.rule import Rule
from scaffold.checks.rules import (
    apps,
    comments,
    django,
    flask,
    flask_links,
    migrations,
    policy,
    queries,
    repository,
    size,
    structure,
    template,
)
from scaffold.errors import UsageError, did_you_mean

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *structure.RULES,
            *size.RULES,
            *flask.RULES,
            *flask_links.RULES,
            *django.RULES,
            *queries.RULES,
            *migrations.RULES,
            *apps.RULES,
            *repository.RULES,
            *template.RULES,
            *policy.RULES,
            *comments.RULES,
        ),
        key=lambda rule: rule.id,
    )
)


def find_rule(word: str) -> Rule:
    """Return the rule with an id or a name.

    Raises:
        UsageError: there is none.
    """
    known = {name: rule for rule in RULES for name in (rule.id, rule.name)}
    if word.upper() in known or word in known:
        return known.get(word) or known[word.upper()]
    raise UsageError(f"there is no rule {word}", did_you_mean(word, known))
