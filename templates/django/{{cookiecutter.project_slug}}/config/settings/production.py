"""Production: refuses to start while a setting is missing."""

from config.settings.components import *
