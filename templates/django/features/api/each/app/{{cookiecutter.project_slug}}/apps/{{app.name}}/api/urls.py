"""API paths of {{ app.title | lower }}."""

from django.urls import path

from apps.{{ app.name }}.api import views

app_name = "{{ app.name }}-api"
urlpatterns = [
# % for resource in app.resources
    path("{{ resource.kebab }}/", views.{{ resource.name }}ListView.as_view(), name="{{ resource.name | lower }}-list"),
    path("{{ resource.kebab }}/<int:pk>/", views.{{ resource.name }}RowView.as_view(), name="{{ resource.name | lower }}-row"),
# % endfor
]
