from django.urls import include, path

urlpatterns = [
# % for app in cookiecutter._apps if app.resources
    path("{= app.kebab =}/", include("apps.{= app.name =}.urls")),
# % endfor
]
