"""Proof that a generated project works: install, check, migrate, test, boot and probe it."""
