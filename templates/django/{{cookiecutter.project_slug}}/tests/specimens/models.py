"""Tables with every kind of column."""

from django.conf import settings
from django.db import models

from core.fields import AutoSlugField, HttpURLField
from core.models import BaseModel


class Kind(BaseModel):
    """There are two, for there are two colours."""

    class Colour(models.TextChoices):
        RED = "red", "Red"
        BLUE = "blue", "Blue"

    name = models.CharField(max_length=80)
    place = AutoSlugField(source="name", max_length=20)
    colour = models.CharField(choices=Colour, max_length=30, unique=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "kind"
        verbose_name_plural = "kinds"

    def __str__(self) -> str:
        return self.name


class Thing(BaseModel):
    """One value of every type, and references of every kind."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ON_SALE = "on_sale", "On sale"

    joins = ("kind", "owner", "part_of")
    prefetches = ("tags",)
    owner_field = "owner"

    title = models.CharField(max_length=40, db_index=True)
    slug = AutoSlugField(source="title", max_length=200, unique=True)
    text = models.TextField(blank=True)
    note = models.TextField(null=True, blank=True)
    initials = models.CharField(max_length=2, null=True, blank=True)
    number = models.IntegerField()
    big = models.BigIntegerField(null=True, blank=True)
    ratio = models.FloatField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    open = models.BooleanField(default=False)
    seen = models.BooleanField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    moment = models.DateTimeField(null=True, blank=True)
    code = models.UUIDField(null=True, blank=True)
    mail = models.EmailField(null=True, blank=True)
    link = HttpURLField(max_length=500, null=True, blank=True)
    more = models.JSONField(null=True, blank=True)
    state = models.CharField(choices=State, max_length=30)
    kind = models.ForeignKey(
        "specimens.Kind", related_name="specimens_kind", on_delete=models.CASCADE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="things", on_delete=models.PROTECT
    )
    part_of = models.ForeignKey(
        "specimens.Thing", related_name="things", null=True, blank=True, on_delete=models.SET_NULL
    )
    tags = models.ManyToManyField("specimens.Kind", related_name="specimens_tags", blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "thing"
        verbose_name_plural = "things"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "on_sale"]),
                name="ck_specimens_thing_state_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.title
