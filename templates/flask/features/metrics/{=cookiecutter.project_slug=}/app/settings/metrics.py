"""Who reads the metrics."""

from app.settings.base import env

METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # empty: open in development, closed in production
