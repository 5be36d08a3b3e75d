{%% import "order.txt" as order %%}
{%% import "values.txt" as values with context %%}
import datetime as dt
import uuid
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.accounts.tests.factories import UserFactory
from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
# % for resource in app.resources
# % for field in resource.columns if field.type == "enum"
from apps.{= app.name =}.models import {= resource.name ~ field.class_name =}
# % endfor
# % endfor
# % for name in app.depends
# % for target in cookiecutter._apps if target.name == name
# % for resource in target.resources
from apps.{= name =}.tests.factories import {= resource.name =}Factory
# % endfor
# % endfor
# % endfor
{%% set ordered = [] %%}
{%% set _ = order.by_required_refs(app.resources, ordered) %%}
# % for resource in ordered
# % for field in resource.fields if field.unique and field.examples and field.type == "str"

{= (resource.snake ~ "_" ~ field.name) | upper =}S = [{= field.examples | map("tojson") | join(", ") =}]
# % endfor


class {= resource.name =}Factory(DjangoModelFactory):
# % for field in resource.fields if field.type != "m2m" and not field.readonly and not field.hidden and not field.auto
# % if field.type == "ref" and (field.target in app.resources and ordered.index(field.target) >= ordered.index(resource))
# % else
    {= field.name =} = {= values.factory_value(app, resource, field) | trim =}
# % endif
# % endfor

    class Meta:
        model = {= resource.name =}
# % for field in resource.columns | selectattr("unique") if field.type == "enum"
        django_get_or_create = ["{= field.name =}"]  # there are only so many
# % endfor
# % if resource.m2ms
        skip_postgeneration_save = True
# % endif
# % for field in resource.m2ms
{= "" =}
    @factory.post_generation
    def {= field.name =}(self, create, extracted, **kwargs):
        if extracted:
            self.{= field.name =}.set(extracted)
# % endfor
# % endfor
