from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.models import User

PASSWORD = "demo-password"


class Command(BaseCommand):
    help = "Fill empty tables with demo data, for development only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for development only: the data is made up.")
        from apps.accounts.tests.factories import UserFactory
# % for app in cookiecutter._apps
# % for resource in app.resources
        from apps.{= app.name =}.tests.factories import {= resource.name =}Factory
# % endfor
# % endfor

        if User.objects.filter(email="staff@example.com").exists():
            raise CommandError("The demo data is there already.")
        staff = UserFactory(email="staff@example.com", name="Sam Staff", password=PASSWORD, is_staff=True, is_superuser=True)
        demo = UserFactory(email="demo@example.com", name="Dana Demo", password=PASSWORD)
        made = []
# % for app in cookiecutter._apps
# % for resource in app.resources
# % endfor
# % endfor
        self.stdout.write(f"Log in as {demo.email} or {staff.email} (staff), password {PASSWORD}.")
