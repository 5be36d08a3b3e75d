import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User


class Command(BaseCommand):
    help = "Create a user, or with --staff an administrator. Asks for the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--staff", action="store_true")

    def handle(self, *args: Any, email: str, name: str, staff: bool, **options: Any) -> None:
        ask = getpass if sys.stdin.isatty() else input
        password = ask("Password: ")
        if ask("Password, again: ") != password:
            raise CommandError("The passwords differ.")
        user = User(email=email.lower(), name=name)
        try:
            user.full_clean(exclude=["name", "password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        User.objects.create_user(email, password, name=name, is_staff=staff, is_superuser=staff)
        self.stdout.write(f"Created {email}.")
