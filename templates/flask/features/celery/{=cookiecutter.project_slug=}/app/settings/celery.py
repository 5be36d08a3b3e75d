"""Background jobs (Celery)."""

from app.settings.base import env

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "")  # empty: jobs run in the process that asks
CELERY = {
    "broker_url": CELERY_BROKER_URL or "memory://",
    "broker_connection_retry_on_startup": True,
    "task_ignore_result": True,
    "task_publish_retry_policy": {"max_retries": 1},
    "worker_hijack_root_logger": False,  # lines keep the form that `app.logs` gives them
}
