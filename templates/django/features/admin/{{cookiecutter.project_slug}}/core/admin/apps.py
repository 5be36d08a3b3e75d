"""The admin as an app of Django."""

from django.contrib.admin import apps, site

from core.discovery import project_apps


class AdminConfig(apps.AdminConfig):
    """Takes in what `admin.py` files register, then every model that none has registered."""

    default_site = "core.admin.site.Site"

    def ready(self) -> None:
        """Register the models."""
        super().ready()
        from core.admin.resource import ResourceAdmin

        for app in project_apps():
            for model in app.get_models():
                if not site.is_registered(model):
                    site.register(model, ResourceAdmin)
