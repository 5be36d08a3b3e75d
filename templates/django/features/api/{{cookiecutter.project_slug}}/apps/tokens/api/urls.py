"""Paths of identity."""

from django.urls import path

from apps.tokens.api import views

app_name = "tokens-api"
urlpatterns = [
    path("me/", views.MeView.as_view(), name="me"),
    path("token/", views.TokenView.as_view(), name="token"),
]
