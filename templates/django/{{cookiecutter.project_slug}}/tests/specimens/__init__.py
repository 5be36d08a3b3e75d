"""An app of the tests alone: what every app shares is tried on its tables."""
