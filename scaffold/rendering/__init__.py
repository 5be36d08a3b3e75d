"""Recipe to tree: layers, Jinja in a sandbox, formatting, validation."""
