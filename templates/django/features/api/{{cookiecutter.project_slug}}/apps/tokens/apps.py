"""The app of tokens."""

from core.discovery import ProjectAppConfig


class TokensConfig(ProjectAppConfig):
    """Tokens for programs, and who they belong to."""

    name = "apps.tokens"
    prefix = "tokens"
    api_prefix = "auth"
    samples = False
