"""Generic pages of a resource."""
