from django.contrib import admin
from django.urls import path
# % for item in cookiecutter._slots.admin_login
from {= item.module =} import {= item.name =}
# % endfor

admin.site.site_header = {= cookiecutter.project_name | tojson =}
admin.site.site_title = {= cookiecutter.project_name | tojson =}
# % for item in cookiecutter._slots.admin_login
admin.site.login = {= item.name =}(admin.site.login)  # type: ignore[method-assign]
# % endfor

urlpatterns = [path("", admin.site.urls)]
