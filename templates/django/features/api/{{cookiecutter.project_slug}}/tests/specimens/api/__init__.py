"""The API of the specimens."""
