from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg")),
# % for item in cookiecutter._slots.urls
    path("{= item.path =}", include("{= item.include =}")),
# % endfor
]
# % for item in cookiecutter._slots.error_handlers
{%% if loop.first %%}

{%% endif %%}
{= item.key =} = "{= item.view =}"
# % endfor
