from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user{= ", whose address counts as confirmed" if cookiecutter._slots.confirmed_address =}."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
# % for name in cookiecutter._slots.confirmed_address
        from {= name =} import EmailAddress

        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
# % endfor
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in by e-mail address. Others see the name, never the address."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=80, help_text="Others see this name.")
    is_staff = models.BooleanField(
        "staff", default=False, help_text="Can log in to the admin site."
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Clear this instead of deleting the account."
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or f"User {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()  # two addresses never differ only in case
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Model permissions count for staff only; so do those of a superuser."""
        return self.is_staff and super().has_perm(perm, obj)
