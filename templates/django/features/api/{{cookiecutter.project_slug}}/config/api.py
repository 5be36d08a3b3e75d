"""Every path of the API: its documents, and what each folder of `apps/` brings."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.api.views import NothingView
from core.discovery import mounted

document = SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2])

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", document, name="openapi"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="openapi"), name="api-docs"),
    path("v1/", include(list(mounted("api.urls")))),
    re_path(r"^.*/$", NothingView.as_view()),
]
