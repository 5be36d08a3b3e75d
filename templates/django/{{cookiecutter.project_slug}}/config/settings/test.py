"""Tests: no secret, no server, no `.env`, and of the environment what begins with `TEST_`."""

from config.settings.components import *
