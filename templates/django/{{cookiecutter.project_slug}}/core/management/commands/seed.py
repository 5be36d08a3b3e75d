"""Fills the database with demonstration data; a second run adds nothing."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.discovery import project_apps
from core.models import BaseModel
from core.samples import fill

PASSWORD = "demo-password"  # noqa: S105 - not a secret: it is shown on the screen
ROWS = 25


class Command(BaseCommand):
    """`manage.py seed`."""

    help = "Fill the database with demonstration data."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be said on the command line."""
        parser.add_argument("--force", action="store_true", help="outside debug, too")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the people, then the rows of every app."""
        if not (settings.DEBUG or options["force"]):
            raise CommandError(
                "seed makes accounts whose password everybody knows; outside debug it needs --force"
            )
        users = get_user_model().objects
        demo, _ = users.get_or_create_user("demo@example.com", PASSWORD, name="Dana Demo")
        rights = {"is_staff": True, "is_superuser": True}
        users.get_or_create_user("staff@example.com", PASSWORD, name="Sam Staff", **rights)
        self.stdout.write(f"demo@example.com, staff@example.com: {PASSWORD}")
        for app in project_apps():
            for model in app.get_models():
                if app.samples and issubclass(model, BaseModel):
                    owner = {model.owner_field: demo} if model.owner_field else {}
                    added = fill(model, ROWS, **owner)
                    self.stdout.write(f"{model._meta.label}: {added} rows")
