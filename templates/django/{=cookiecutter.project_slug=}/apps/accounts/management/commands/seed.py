from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.models import User


class Command(BaseCommand):
    help = "Add demo data, for development only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for development only: the data is made up.")
        from apps.accounts.tests.factories import UserFactory
# % for app in cookiecutter._apps
# % for resource in app.resources
        from apps.{= app.name =}.tests.factories import {= resource.name =}Factory
# % endfor
# % endfor

        password = "demo-password"  # noqa: S105
        login = f"Log in as demo@example.com or staff@example.com, password {password}."
        if User.objects.filter(email="staff@example.com").exists():
            self.stdout.write(f"The demo data is there already. {login}")
            return
        UserFactory(
            email="staff@example.com",
            name="Sam Staff",
            password=password,
            is_staff=True,
            is_superuser=True,
        )
        demo = UserFactory(email="demo@example.com", name="Dana Demo", password=password)
{%% set shown = [] %%}
{%% for app in cookiecutter._apps %%}
{%% set ordered = [] %%}
{%% for _ in app.resources %%}
{%% for resource in app.resources if resource not in ordered %%}
{%% if not resource.refs | rejectattr("null") | map(attribute="target") | select("in", app.resources) | reject("in", ordered) | list %%}
{%% set _ = ordered.append(resource) %%}
{%% endif %%}
{%% endfor %%}
{%% endfor %%}
{%% for resource in ordered %%}
{%% set least = (resource.columns | selectattr("type", "equalto", "enum") | selectattr("unique") | map(attribute="choices") | map("length") | list) + [8] %%}
        {= resource.plural =} = [
            {= resource.name =}Factory(
{%% for field in resource.refs %%}
{%% if field.owner %%}
                {= field.name =}=demo,
{%% elif field.target in shown %%}
                {= field.name =}={= field.target.plural =}[number % len({= field.target.plural =})],
{%% endif %%}
{%% endfor %%}
{%% for field in resource.m2ms if field.target in shown %%}
                {= field.name =}={= field.target.plural =}[number % 4 : number % 4 + 2],
{%% endfor %%}
            )
            for {= "number" if resource.refs or resource.m2ms else "_" =} in range({= least | min =})
        ]
{%% set _ = shown.append(resource) %%}
{%% endfor %%}
{%% endfor %%}
        self.stdout.write(self.style.SUCCESS(f"Added demo data. {login}"))
