from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.management.commands import createsuperuser

from apps.accounts.models import User


class Command(createsuperuser.Command):
    """Django's command; the address of an administrator needs no confirmation."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        for user in User.objects.filter(is_superuser=True, emailaddress=None):
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
