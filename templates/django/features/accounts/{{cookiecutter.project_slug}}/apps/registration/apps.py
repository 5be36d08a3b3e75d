"""The app of sign-up and passwords."""

from core.discovery import ProjectAppConfig


class RegistrationConfig(ProjectAppConfig):
    """Sign-up, change and reset of passwords."""

    name = "apps.registration"
    prefix = "accounts"
