"""Paths of the specimens."""

from django.urls import path

from tests.specimens import views

app_name = "specimens"
urlpatterns = [
    path("things/", views.ThingListPage.as_view(), name="thing-list"),
    path("things/new/", views.ThingCreatePage.as_view(), name="thing-create"),
    path("things/<int:pk>/", views.ThingDetailPage.as_view(), name="thing-detail"),
    path("things/<int:pk>/edit/", views.ThingEditPage.as_view(), name="thing-edit"),
    path("things/<int:pk>/delete/", views.ThingDeletePage.as_view(), name="thing-delete"),
]
