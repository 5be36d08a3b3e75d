"""Makes a user, or gives one another password."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from apps.accounts.models import User


class Command(BaseCommand):
    """`manage.py create_user ada@example.com --staff`."""

    help = "Make a user, or give one another password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be said on the command line."""
        parser.add_argument("email")
        parser.add_argument("--name", help="what others see")
        parser.add_argument("--staff", action="store_true", help="may do everything")
        parser.add_argument("--password", help="asked for where it is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the user."""
        password = options["password"] or getpass("Password: ")
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            user = User.objects.filter(email=email).first() or User(email=email)
            if options["name"] is not None:
                user.name = User._meta.get_field("name").clean(options["name"].strip(), user)
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.set_password(password)
        user.is_staff = user.is_superuser = user.is_staff or options["staff"]
        user.save()
        self.stdout.write(f"{user.email} may sign in{' as staff' if user.is_staff else ''}.")
