"""Paths of sign-up, profile and passwords."""

from django.conf import settings
from django.urls import path

from apps.registration import views

app_name = "registration"
visitor_navigation = [
    *([("registration:signup", "Sign up")] if settings.SIGNUP_ENABLED else []),
    ("registration:password-reset", "Forgot your password?"),
]
member_navigation = [("registration:profile", "Profile")]
urlpatterns = [
    path("signup/", views.SignUpPage.as_view(), name="signup"),
    path("profile/", views.ProfilePage.as_view(), name="profile"),
    path("password/change/", views.PasswordChangePage.as_view(), name="password-change"),
    path("password/reset/", views.PasswordResetPage.as_view(), name="password-reset"),
    path("password/reset/sent/", views.PasswordResetSentPage.as_view(), name="password-reset-sent"),
    path(
        "password/reset/<uidb64>/<token>/",
        views.PasswordResetConfirmPage.as_view(),
        name="password-reset-confirm",
    ),
]
