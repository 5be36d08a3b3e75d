"""API paths of the specimens."""

from django.urls import path

from tests.specimens.api import views

app_name = "specimens-api"
urlpatterns = [
    path("things/", views.ThingListView.as_view(), name="thing-list"),
    path("things/<int:pk>/", views.ThingRowView.as_view(), name="thing-row"),
]
