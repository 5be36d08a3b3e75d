"""A blueprint of the tests alone: what every blueprint shares is tried on its tables."""
