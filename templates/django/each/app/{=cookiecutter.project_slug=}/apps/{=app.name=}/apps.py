from django.apps import AppConfig


class {= app.class_name =}Config(AppConfig):
    name = "apps.{= app.name =}"
