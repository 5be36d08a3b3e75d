"""Development: runs with nothing set."""

from config.settings.components import *
