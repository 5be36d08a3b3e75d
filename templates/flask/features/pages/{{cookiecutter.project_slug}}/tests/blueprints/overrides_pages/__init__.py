"""A blueprint of the tests alone: what its pages change of what is read off a model."""
