from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=80)),
                ("place", core.fields.AutoSlugField(source="name", blank=True, max_length=20)),
                ("colour", models.CharField(choices=[("red", "Red"), ("blue", "Blue")], max_length=30, unique=True)),
            ],
            options={
                "verbose_name": "kind",
                "verbose_name_plural": "kinds",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Thing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=40, db_index=True)),
                ("slug", core.fields.AutoSlugField(source="title", blank=True, max_length=200, unique=True)),
                ("text", models.TextField(blank=True)),
                ("note", models.TextField(null=True, blank=True)),
                ("initials", models.CharField(max_length=2, null=True, blank=True)),
                ("number", models.IntegerField()),
                ("big", models.BigIntegerField(null=True, blank=True)),
                ("ratio", models.FloatField()),
                ("price", models.DecimalField(max_digits=8, decimal_places=2)),
                ("open", models.BooleanField(default=False)),
                ("seen", models.BooleanField(null=True, blank=True)),
                ("day", models.DateField(null=True, blank=True)),
                ("at", models.TimeField(null=True, blank=True)),
                ("moment", models.DateTimeField(null=True, blank=True)),
                ("code", models.UUIDField(null=True, blank=True)),
                ("mail", models.EmailField(null=True, blank=True)),
                ("link", core.fields.HttpURLField(max_length=500, null=True, blank=True)),
                ("more", models.JSONField(null=True, blank=True)),
                ("state", models.CharField(choices=[("draft", "Draft"), ("on_sale", "On sale")], max_length=30)),
                ("kind", models.ForeignKey(related_name="specimens_kind", on_delete=models.CASCADE, to="specimens.kind")),
                ("owner", models.ForeignKey(related_name="things", on_delete=models.PROTECT, to=settings.AUTH_USER_MODEL)),
                ("part_of", models.ForeignKey(related_name="things", null=True, blank=True, on_delete=models.SET_NULL, to="specimens.thing")),
                ("tags", models.ManyToManyField(related_name="specimens_tags", blank=True, to="specimens.kind")),
            ],
            options={
                "verbose_name": "thing",
                "verbose_name_plural": "things",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["draft", "on_sale"])), name="ck_specimens_thing_state_valid"),
                ],
            },
        ),
    ]
