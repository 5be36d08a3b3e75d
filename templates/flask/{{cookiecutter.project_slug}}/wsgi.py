"""Entry point for `flask` commands and for `gunicorn wsgi:app`."""

import sys

from app import create_app
from app.settings import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.stderr.write(f"error: {error}\n")
    sys.exit(3)  # gunicorn gives up; after any other number it would try again without end
