"""Recipe to tree: layers, Jinja, formatting, validation."""
