"""Cookiecutter templates: `client` asks, the others answer in the process that renders."""
