from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.models import User


class Command(BaseCommand):
    help = "Add demo people and rows, for development only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for development only: the data is made up.")
        from apps.accounts.tests.factories import UserFactory

        password = "demo-password"  # noqa: S105
        logins = f"Log in as demo@example.com or staff@example.com, password {password}."
        if User.objects.filter(email="staff@example.com").exists():
            self.stdout.write(f"The demo data is there already. {logins}")
            return
        UserFactory(email="demo@example.com", name="Dana Demo", password=password)
        staff = {"is_staff": True, "is_superuser": True}
        UserFactory(email="staff@example.com", name="Sam Staff", password=password, **staff)
        UserFactory.create_batch(6)
# % for app in cookiecutter._apps if app.resources
        call_command("seed_{= app.name =}")
# % endfor
        self.stdout.write(f"Added demo data. {logins}")
