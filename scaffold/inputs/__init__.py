"""Values from every source to a recipe."""
