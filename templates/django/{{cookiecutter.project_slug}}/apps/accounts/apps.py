"""The app of users."""

from core.discovery import ProjectAppConfig


class AccountsConfig(ProjectAppConfig):
    """Users and how they sign in."""

    name = "apps.accounts"
    prefix = "accounts"
