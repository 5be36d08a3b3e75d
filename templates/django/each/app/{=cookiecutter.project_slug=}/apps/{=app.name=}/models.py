{%% import "order.txt" as order %%}
{%% set ordered = [] %%}
{%% set _ = order.by_all_refs(app.resources, ordered) %%}
import json
import uuid
from decimal import Decimal
from itertools import count
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from apps.accounts.models import User
# % for name in app.depends
# % for target in cookiecutter._apps if target.name == name
# % for resource in target.resources
from apps.{= name =}.models import {= resource.name =}
# % endfor
# % endfor
# % endfor
from core.models import BaseModel
# % for resource in ordered
# % for field in resource.columns if field.type == "enum"


class {= resource.name ~ field.class_name =}(models.TextChoices):
# % for choice in field.choices
{%% set label = choice | replace("-", " ") | replace("_", " ") | capitalize %%}
    {= choice | replace("-", "_") | upper =} = "{= choice =}"{= ', "' ~ label ~ '"' if " " in label =}
# % endfor
# % endfor
# % if resource.private


class {= resource.name =}QuerySet(models.QuerySet["{= resource.name =}"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if user.has_perm("{= app.name =}.view_{= resource.name | lower =}"):
            return self
        return self.filter({= resource.owner_path | join("__") =}=user.pk) if user.is_authenticated else self.none()
# % endif


class {= resource.name =}(BaseModel):
# % if resource.access == "follows"
    """Belongs to whoever owns the {= resource.parent.target.label =}."""

# % endif
# % for field in resource.fields
{%% if not field.target %%}
{%% set target = "" %%}
{%% elif field.target.app == "accounts" %%}
{%% set target = "settings.AUTH_USER_MODEL, " %%}
{%% elif field.target is sameas resource %%}
{%% set target = '"self", ' %%}
{%% elif field.target.app == app.name and ordered.index(field.target) > ordered.index(resource) %%}
{%% set target = '"' ~ field.target.name ~ '", ' %%}
{%% else %%}
{%% set target = field.target.name ~ ", " %%}
{%% endif %%}
{%% set options = field.options + (["validators=[" ~ field.validators | join(", ") ~ "]"] if field.validators is defined else []) %%}
{%% if field.auto %%}
{%% set options = options + ([] if field.blank or field.null else ["blank=True"]) + ['help_text="Leave empty to generate it from the ' ~ resource.slug_source.label ~ '."'] %%}
{%% endif %%}
{%% if field.type == "m2m" and field.target is sameas resource %%}
{%% set options = options + ["symmetrical=False"] %%}
{%% endif %%}
{%% set enum = resource.name ~ field.class_name %%}
{%% set remark = "  # type: ignore[var-annotated]" if field.type == "m2m" and target.startswith('"') and field.target is not sameas resource else "  # noqa: DJ001" if field.type == "enum" and field.null else "" %%}
    {= field.name =} = models.{= field.model =}({= target =}{= options | join(", ") | replace("choices=" ~ field.class_name, "choices=" ~ enum) | replace("default=" ~ field.class_name, "default=" ~ enum) =}){= remark =}
# % endfor
# % if resource.private
{= "" =}
    objects = {= resource.name =}QuerySet.as_manager()
# % endif

    class Meta:
        ordering = {= ("[" ~ (resource.label_field.name | tojson) ~ ', "id"]') if resource.access == "staff" and resource.label_field else '["-id"]' =}
# % if resource.label != resource.name | lower
        verbose_name = "{= resource.label =}"
# % endif
# % if resource.label_plural != resource.label ~ "s"
        verbose_name_plural = "{= resource.label_plural =}"
# % endif
# % set checked = resource.columns | selectattr("conditions", "defined") | list
# % if checked
        constraints = [
# % for field in checked
            models.CheckConstraint(
                name="{= resource.table =}_{= field.name =}", condition=models.Q({= (field.name ~ "__in=" ~ resource.name ~ field.class_name ~ ".values") if field.type == "enum" else field.conditions | join(", ") =})
            ),
# % endfor
        ]
# % endif

    def __str__(self) -> str:
# % if resource.label_field and not (resource.label_field.blank or resource.label_field.null)
        return self.{= resource.label_field.name =}
# % elif resource.label_field
        return self.{= resource.label_field.name =} or f"{= resource.label | capitalize =} {self.pk}"
# % else
        return f"{= resource.label | capitalize =} {self.pk}"
# % endif
# % set slugs = resource.fields | selectattr("auto") | list
# % if slugs
# % set text = "self." ~ resource.slug_source.name ~ (' or ""' if resource.slug_source.null else "")
{= "" =}
    def save(self, *args: Any, **kwargs: Any) -> None:
# % for field in slugs if not field.unique
        self.{= field.name =} = self.{= field.name =} or slugify({= text =})[:200] or "item"
# % endfor
# % set unique = slugs | selectattr("unique") | list
# % if not unique
        super().save(*args, **kwargs)
# % else
# % set slug = unique[0].name
# % if unique | length == 1
        if self.{= slug =}:
            super().save(*args, **kwargs)
            return
        stem = self.{= slug =} = slugify({= text =})[:190] or "item"
# % else
        made = [name for name in ({= unique | map(attribute="name") | map("tojson") | join(", ") =}) if not getattr(self, name)]
        stem = slugify({= text =})[:190] or "item"
        for name in made:
            setattr(self, name, stem)
# % endif
        for number in count(2):
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
                return
            except IntegrityError:
# % if unique | length == 1
                taken = {= resource.name =}.objects.filter({= slug =}=self.{= slug =}).exclude(pk=self.pk)
                if not taken.exists():
                    raise
                self.{= slug =} = f"{stem}-{number}"
# % else
                rows = {= resource.name =}.objects.exclude(pk=self.pk)
                taken = [name for name in made if rows.filter(**{name: getattr(self, name)}).exists()]
                if not taken:
                    raise
                for name in taken:
                    setattr(self, name, f"{stem}-{number}")
# % endif
# % endif
# % endif
# % for suffix in cookiecutter._slots.detail_url
# % for field in resource.columns if field.type == "json"

    def get_{= field.name =}_display(self) -> str:
        return json.dumps(self.{= field.name =}, ensure_ascii=False)
# % endfor

    def get_absolute_url(self) -> str:
        return reverse("{= app.name =}:{= resource.name | lower =}-{= suffix =}", args=[self.pk])
# % endfor
# % if resource.access != "staff"
# % set owner = "self." ~ resource.owner_path | join(".") ~ "_id"
# % if resource.access == "follows"

    def can_be_added_by(self, user: User | AnonymousUser) -> bool:
        return user.pk == {= owner =} or user.has_perm("{= app.name =}.add_{= resource.name | lower =}")
# % endif

    def can_be_edited_by(self, user: User | AnonymousUser) -> bool:
        return user.pk == {= owner =} or user.has_perm("{= app.name =}.change_{= resource.name | lower =}")

    def can_be_deleted_by(self, user: User | AnonymousUser) -> bool:
        return user.pk == {= owner =} or user.has_perm("{= app.name =}.delete_{= resource.name | lower =}")
# % endif
# % endfor
