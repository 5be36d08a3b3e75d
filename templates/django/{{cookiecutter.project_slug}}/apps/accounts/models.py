"""The user of this project."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes and finds users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password nobody can sign in as them."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_or_create_user(self, email: str, password: str, **fields: Any) -> tuple["User", bool]:
        """Find a user by e-mail address, or make one."""
        user = self.filter(email=email.lower()).first()
        return (user, False) if user else (self.create_user(email, password, **fields), True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find who signs in."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by e-mail address; others see the name."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("staff", default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or f"User {self.pk}"

    @property
    def staff_label(self) -> str:
        """What staff know the user by; nobody else may read it."""
        return self.email

    def clean(self) -> None:
        """Compare e-mail addresses as they are stored."""
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **options: Any) -> None:
        """Store; the e-mail address in lower case."""
        self.email = self.email.strip().lower()
        super().save(*args, **options)
