"""Tests: no secret, no server, no `.env`."""

from config.settings.components import *
