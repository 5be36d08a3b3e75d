"""Background jobs."""

from django_guid.integrations.celery import CeleryIntegration

from config.settings.env import env
from config.settings.components.logging import DJANGO_GUID

# https://docs.celeryq.dev/en/stable/userguide/configuration.html
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="") or "memory://"
CELERY_TASK_ALWAYS_EAGER = CELERY_BROKER_URL == "memory://"  # no broker: jobs run at once
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}  # a request does not wait for the broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a job whose worker was killed runs again
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # log lines keep the form that LOGGING gives them
if not CELERY_TASK_ALWAYS_EAGER:  # log lines of a job bear the id of the request that asked for it
    DJANGO_GUID["INTEGRATIONS"] = [CeleryIntegration()]
