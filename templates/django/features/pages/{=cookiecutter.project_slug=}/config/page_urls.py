from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django_filters import CharFilter, FilterSet

from apps.accounts.models import User
from core.views import ChoicesView
# % set people = cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="inputs") | sum(start=[]) | selectattr("to_user") | list
# % if people


class UserFilter(FilterSet):
    search = CharFilter("name", "icontains")

    class Meta:
        model = User
        fields: list[str] = []


users = User.objects.filter(is_active=True)
# % endif

urlpatterns: list[URLPattern | URLResolver] = [
# % if people
    path(
        "accounts/choices/",
        login_required(ChoicesView.as_view(queryset=users, filterset_class=UserFilter)),
        name="user-choices",
    ),
# % endif
# % for app in cookiecutter._apps if app.resources
    path("{= app.kebab =}/", include("apps.{= app.name =}.urls")),
# % endfor
]
