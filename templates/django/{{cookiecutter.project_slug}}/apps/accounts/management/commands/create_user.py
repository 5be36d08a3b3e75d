"""Makes a user."""

import os
import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from apps.accounts.models import User


class Command(BaseCommand):
    """`manage.py create_user ada@example.com --staff`."""

    help = "Make a user; the password is asked for, or taken from PASSWORD or standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what can be said on the command line."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="what others see")
        parser.add_argument("--staff", action="store_true", help="may do everything")
        parser.add_argument("--password", help="seen by whoever lists processes; PASSWORD is not")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the user."""
        email = options["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            hint = f"manage.py changepassword {email} gives it another password."
            raise CommandError(f"There is an account for {email} already. {hint}")
        password = options["password"] or os.environ.get("PASSWORD") or _asked()
        staff = options["staff"]
        user = User(email=email, is_staff=staff, is_superuser=staff)
        try:
            validate_email(email)
            user.name = User._meta.get_field("name").clean(options["name"].strip(), user)
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.set_password(password)
        user.save()
        self.stdout.write(f"{email} may sign in{' as staff' if staff else ''}.")


def _asked() -> str:
    """Ask in a terminal, twice; read a line where there is none."""
    if not sys.stdin.isatty():
        if password := sys.stdin.readline().rstrip("\r\n"):
            return password
        raise CommandError("There is no password: set PASSWORD, or run this in a terminal.")
    password = getpass("Password: ")
    if getpass("Password, again: ") != password:
        raise CommandError("The two passwords differ.")
    return password
