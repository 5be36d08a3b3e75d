from django.urls import path

from apps.{= app.name =} import views
# % for resource in app.resources
from apps.{= app.name =}.filters import {= resource.name =}ListFilter
# % endfor
from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
from core.views import ChoicesView

app_name = "{= app.name =}"
urlpatterns = [
# % for resource in app.resources
# % set name = resource.name | lower
    path("{= resource.kebab =}/", views.{= resource.name =}ListView.as_view(), name="{= name =}-list"),
    path("{= resource.kebab =}/new/", views.{= resource.name =}CreateView.as_view(), name="{= name =}-create"),
# % if resource.reverses | rejectattr("field.hidden") | list
# % if resource.private
    path("{= resource.kebab =}/choices/", views.{= resource.name =}ChoicesView.as_view(), name="{= name =}-choices"),
# % else
    path(
        "{= resource.kebab =}/choices/",
        ChoicesView.as_view(model={= resource.name =}, filterset_class={= resource.name =}ListFilter),
        name="{= name =}-choices",
    ),
# % endif
# % endif
    path("{= resource.kebab =}/<int:pk>/", views.{= resource.name =}DetailView.as_view(), name="{= name =}-detail"),
    path("{= resource.kebab =}/<int:pk>/edit/", views.{= resource.name =}UpdateView.as_view(), name="{= name =}-update"),
    path("{= resource.kebab =}/<int:pk>/delete/", views.{= resource.name =}DeleteView.as_view(), name="{= name =}-delete"),
# % endfor
]
