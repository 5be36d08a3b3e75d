"""A model for the tests of `core` alone. Its table is made with the test database."""

from django.db import models
from django.urls import reverse

from core.models import BaseModel


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user):
        return self.exclude(title="secret")


class Note(BaseModel):
    title = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField(null=True, blank=True)
    price = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    related = models.ManyToManyField("self", symmetrical=False, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        app_label = "core"
        ordering = ["id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("note-detail", args=[self.pk])

    def can_be_edited_by(self, user):
        return user.is_staff

    def can_be_deleted_by(self, user):
        return user.is_superuser
