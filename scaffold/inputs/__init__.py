"""What was given on the command line, in files, presets and the environment, as a recipe."""
