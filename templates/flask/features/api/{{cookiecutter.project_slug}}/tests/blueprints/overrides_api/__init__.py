"""A blueprint of the tests alone: what its resources change of what is read off a model."""
