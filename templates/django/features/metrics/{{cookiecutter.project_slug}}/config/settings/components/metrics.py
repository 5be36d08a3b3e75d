"""Who may read the metrics."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import DEVELOPMENT, env
from core.metrics import networks

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
try:
    METRICS_NETWORKS = networks(
        env.list("METRICS_ADDRESSES", default=["127.0.0.0/8", "::1"] if DEVELOPMENT else [])
    )
except ValueError as error:
    raise ImproperlyConfigured(f"METRICS_ADDRESSES: {error}") from None
