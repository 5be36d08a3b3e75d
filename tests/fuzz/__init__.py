"""Requests that nobody thought of, before either pack."""
