"""For authors of templates: bake a recipe in a test, look at it, run its steps."""
