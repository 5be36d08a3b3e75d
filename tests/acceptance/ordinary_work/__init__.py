"""What teams do with a project after it was generated."""
