"""Who may read the metrics."""

from environs import EnvError

from app.core.metrics import networks
from app.settings.base import DEBUG
from app.settings.environment import env

METRICS_TOKEN = env.str("METRICS_TOKEN", "")
try:
    METRICS_NETWORKS = networks(
        env.list("METRICS_ADDRESSES", ["127.0.0.0/8", "::1"] if DEBUG else [])
    )
except ValueError as error:
    raise EnvError(f"METRICS_ADDRESSES: {error}") from None
