"""Who reads the metrics."""

from config.settings.env import env

METRICS_TOKEN = env("METRICS_TOKEN", default="")  # empty: open in development, closed in production
