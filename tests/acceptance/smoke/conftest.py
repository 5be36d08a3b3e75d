"""The fixtures of the smoke tests."""

from tests.integration.smoke.conftest import pack, temporary

__all__ = ["pack", "temporary"]
