from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from core.api.views import NotFoundView

urlpatterns = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="openapi"), name="api-docs"),
    path("v1/auth/", include("apps.accounts.api.urls")),
# % for app in cookiecutter._apps if app.resources
    path("v1/{= app.kebab =}/", include("apps.{= app.name =}.api.urls")),
# % endfor
    re_path("", NotFoundView.as_view()),
]
