"""The Celery application; its settings are those of Django that begin with `CELERY_`."""

from typing import Any

from celery import Celery, Task

from core.logs import request_id


class NamedTask(Task[Any, Any]):
    """Puts the id of the job into its log lines, as requests put theirs."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the job."""
        token = request_id.set(self.request.id or "-")
        try:
            return self.run(*args, **kwargs)
        finally:
            request_id.reset(token)


app = Celery("{{ cookiecutter.project_slug }}", task_cls=NamedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # in every thread
