"""Paths of {{ app.title | lower }}."""

from django.urls import path

from apps.{{ app.name }} import views

app_name = "{{ app.name }}"
navigation = [
# % for resource in app.resources
    ("{{ app.name }}:{{ resource.name | lower }}-list", "{{ resource.label_plural | capitalize }}"),
# % endfor
]
urlpatterns = [
# % for resource in app.resources
# % set prefix, name = resource.kebab, resource.name
    path("{{ prefix }}/", views.{{ name }}ListPage.as_view(), name="{{ name | lower }}-list"),
    path("{{ prefix }}/new/", views.{{ name }}CreatePage.as_view(), name="{{ name | lower }}-create"),
    path("{{ prefix }}/<int:pk>/", views.{{ name }}DetailPage.as_view(), name="{{ name | lower }}-detail"),
    path("{{ prefix }}/<int:pk>/edit/", views.{{ name }}EditPage.as_view(), name="{{ name | lower }}-edit"),
    path("{{ prefix }}/<int:pk>/delete/", views.{{ name }}DeletePage.as_view(), name="{{ name | lower }}-delete"),
# % endfor
]
