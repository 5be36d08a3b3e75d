{%% import "order.txt" as order %%}
{%% set ordered = [] %%}
{%% set _ = order.by_all_refs(app.resources, ordered) %%}
import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

# % for resource in ordered
# % for field in resource.fields if field.demo_list
{= field.demo_list[0] =} = ({= field.demo_list[1] | join(", ") =},)
# % endfor
# % endfor


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
{%% set targets = ordered | map(attribute="fields") | sum(start=[]) | rejectattr("hidden") | map(attribute="target") | select | list %%}
{%% for target in targets if target not in ordered and target not in known %%}
{%% set _ = known.append(target) %%}
        {= target.plural =} = list({= target.name =}.objects.order_by("pk")[:8]) or {= target.name =}Factory.create_batch(8)
{%% endfor %%}
{%% for resource in ordered %%}
{%% set later = ordered[loop.index0 :] %%}
{%% set line = resource.demo_sum %%}
{%% set drafts = namespace(index=-1, of=0) %%}
{%% for field in resource.fields if field.type == "enum" and "draft" in field.choices and drafts.index < 0 %%}
{%% set drafts.index = field.choices.index("draft") %%}
{%% set drafts.of = field.choices | length %%}
{%% endfor %%}
{%% set used = [] %%}
{%% set body %%}
{%% for field in resource.fields if not field.hidden and not field.auto %%}
{%% if field.type == "ref" and field.target not in later %%}
                {= field.name =}={= field.target.plural =}[{= "number" if field.unique else "number % 3 // 2" if field.private else "number % 3" if field.to_user else "number" if field.name == resource.refs[0].name else "(number + 3 * (number // 8))" =} % len({= field.target.plural =})],
{%% set _ = used.append(1) %%}
{%% elif field.type == "m2m" and not field.readonly and field.target not in later %%}
                {= field.name =}=[{= field.target.plural =}[(number + step) % len({= field.target.plural =})] for step in (0, 3)],
{%% set _ = used.append(1) %%}
{%% elif field.demo %%}
                {= field.name =}={= "None if number %% %s == %s else " | format(drafts.of, drafts.index) if field.type == "datetime" and field.null and drafts.of =}{= field.demo | replace("NOW", "timezone.now()") | replace("TODAY", "timezone.localdate()") =},
{%% set _ = used.append(1) if "number" in field.demo else "" %%}
{%% endif %%}
{%% endfor %%}
{%% endset %%}
{%% set wanted = resource in later and (later[1:] | map(attribute="fields") | sum(start=[]) | rejectattr("hidden") | map(attribute="target") | select("sameas", resource) | list) %%}
{%% if wanted %%}
        {= resource.plural =} = [
            {= resource.name =}Factory(
{= body =}            )
            for {= "number" if used else "_" =} in range({= resource.demo_rows =})
        ]
{%% else %%}
        for {= "number" if used else "_" =} in range({= resource.demo_rows =}):
            {= "row = " if line =}{= resource.name =}Factory(
{= body =}            )
{%% if line %%}
            row.{= line.parent.name =}.{= line.total.name =} += row.{= line.quantity.name =} * row.{= line.item.name =}.{= line.price.name =}
            row.{= line.parent.name =}.save()
{%% endif %%}
{%% endif %%}
{%% endfor %%}
