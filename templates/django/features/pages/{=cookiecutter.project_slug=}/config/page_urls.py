from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path

from apps.accounts.models import User
from core.lists import ChoicesView

urlpatterns: list[URLPattern | URLResolver] = [
# % if cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="inputs") | sum(start=[]) | selectattr("to_user") | list
    path(
        "accounts/choices/",
        login_required(
            ChoicesView.as_view(
                queryset=User.objects.filter(is_active=True), search_fields=("name",)
            )
        ),
        name="user-choices",
    ),
# % endif
# % for app in cookiecutter._apps if app.resources
    path("{= app.kebab =}/", include("apps.{= app.name =}.urls")),
# % endfor
]
