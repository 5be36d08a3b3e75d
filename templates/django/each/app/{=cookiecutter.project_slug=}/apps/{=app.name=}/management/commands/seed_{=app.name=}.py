{%% import "order.txt" as order %%}
{%% set ordered = [] %%}
{%% set _ = order.by_all_refs(app.resources, ordered) %%}
import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone


class Command(BaseCommand):
    help = "Add demo rows of {= app.title | lower =}, for development only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for development only: the rows are made up.")
        from apps.accounts.models import User
        from apps.accounts.tests.factories import UserFactory
# % for name in app.depends
# % for target in cookiecutter._apps if target.name == name
# % for resource in target.resources
        from apps.{= name =}.models import {= resource.name =}
        from apps.{= name =}.tests.factories import {= resource.name =}Factory
# % endfor
# % endfor
# % endfor
# % for resource in ordered
        from apps.{= app.name =}.models import {= resource.name =}
        from apps.{= app.name =}.tests.factories import {= resource.name =}Factory
# % for field in resource.columns if field.type == "enum"
        from apps.{= app.name =}.models import {= resource.name ~ field.class_name =}
# % endfor
# % endfor

{%% if ordered %%}
        if {= ordered[0].name =}.objects.exists():
            raise CommandError("There are {= ordered[0].label_plural =} already.")
{%% endif %%}
{%% set known = [] %%}
{%% set targets = ordered | map(attribute="fields") | sum(start=[]) | rejectattr("readonly") | rejectattr("hidden") | map(attribute="target") | select | list %%}
{%% for target in targets if target not in ordered and target not in known %%}
{%% set _ = known.append(target) %%}
        {= target.plural =} = list({= target.name =}.objects.order_by("pk")[:8]) or {= target.name =}Factory.create_batch(8)
{%% endfor %%}
{%% for resource in ordered %%}
{%% set least = resource.columns | selectattr("type", "equalto", "enum") | selectattr("unique") | map(attribute="choices") | map("length") | list %%}
{%% set one_each = resource.refs | selectattr("unique") | list %%}
{%% set child = not one_each and resource.refs | selectattr("on_delete", "equalto", "cascade") | list %%}
{%% set later = ordered[loop.index0 :] %%}
{%% set fields = resource.fields | rejectattr("readonly") | rejectattr("hidden") | list %%}
{%% set used = [] %%}
{%% set body %%}
{%% for field in fields %%}
{%% if field.type == "ref" and field.target not in later %%}
                {= field.name =}={= field.target.plural =}[number % {= ("min(3, len(" ~ field.target.plural ~ "))") if field.owner and not field.unique else "len(" ~ field.target.plural ~ ")" =}],
{%% set _ = used.append(1) %%}
{%% elif field.type == "m2m" and field.target not in later %%}
                {= field.name =}={= field.target.plural =}[number % 4 : number % 4 + 2],
{%% set _ = used.append(1) %%}
{%% elif field.type == "enum" and not field.unique %%}
                {= field.name =}=list({= resource.name ~ field.class_name =})[number % {= field.choices | length =}],
{%% set _ = used.append(1) %%}
{%% elif field.type in ("int", "bigint") and not field.unique %%}
{%% set low = (field.minimum or (field.maximum if field.maximum.startswith("-") else "1")) | int %%}
                {= field.name =}={= low =} + number % {= [(field.maximum or low + 8) | int - low + 1, 5] | min =},
{%% set _ = used.append(1) %%}
{%% elif field.type == "datetime" and not field.unique %%}
                {= field.name =}=timezone.now() - dt.timedelta(days=3 * number),
{%% set _ = used.append(1) %%}
{%% elif field.type == "date" and not field.unique %%}
                {= field.name =}=timezone.localdate() - dt.timedelta(days=3 * number),
{%% set _ = used.append(1) %%}
{%% endif %%}
{%% endfor %%}
{%% endset %%}
{%% set wanted = resource in later and (later[1:] | map(attribute="fields") | sum(start=[]) | rejectattr("readonly") | rejectattr("hidden") | map(attribute="target") | select("sameas", resource) | list) %%}
{%% if wanted %%}
        {= resource.plural =} = [
            {= resource.name =}Factory(
{= body =}            )
            for {= "number" if used else "_" =} in range({= (least + [24 if child else 8]) | min =})
        ]
{%% else %%}
        for {= "number" if used else "_" =} in range({= (least + [24 if child else 8]) | min =}):
            {= resource.name =}Factory(
{= body =}            )
{%% endif %%}
{%% endfor %%}
