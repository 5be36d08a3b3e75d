"""Background jobs, and who is told of new accounts."""

from config.settings.environment import TESTING, env, required

CELERY_BROKER_URL = "" if TESTING else required("CELERY_BROKER_URL", otherwise="")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL  # a job runs at once; its errors are logged
CELERY_BROKER_URL = CELERY_BROKER_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

CELERY_TASK_SOFT_TIME_LIMIT = env.int("CELERY_TIME_LIMIT", default=300)  # seconds
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 30
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 4 * CELERY_TASK_SOFT_TIME_LIMIT,
    "socket_connect_timeout": 5,  # seconds; a request that queues a job waits no longer
    "socket_timeout": 5,
}

# A job is done when it has ended, not when it has begun: each must bear to run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

ACCOUNT_WEBHOOK = env.str("ACCOUNT_WEBHOOK", default="")
