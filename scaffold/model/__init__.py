"""What a project is: its recipe, its files, its names and its resources."""
