"""Background jobs, and who is told of new accounts."""

from app.settings.base import DEBUG
from app.settings.environment import env

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") if DEBUG else env.str("CELERY_BROKER_URL")
CELERY_TIME_LIMIT = env.int("CELERY_TIME_LIMIT", 300)  # seconds
CELERY = {
    "broker_url": CELERY_BROKER_URL or "memory://",
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "visibility_timeout": 4 * CELERY_TIME_LIMIT,
        "socket_connect_timeout": 5,  # seconds; a request that queues a job waits no longer
        "socket_timeout": 5,
    },
    "task_always_eager": not CELERY_BROKER_URL,  # a job runs at once; its errors are logged
    # A job is done when it has ended, not when it has begun: each must bear to run twice.
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "task_soft_time_limit": CELERY_TIME_LIMIT,
    "task_time_limit": CELERY_TIME_LIMIT + 30,
    "task_serializer": "json",
    "accept_content": ["json"],
    "timezone": "UTC",
    "beat_scheduler": "celery.beat:Scheduler",  # keeps no file
    "worker_hijack_root_logger": False,
}
ACCOUNT_WEBHOOK = env.str("ACCOUNT_WEBHOOK", "")
