"""What a project is: its recipe, its files, its names and the fields of its resources."""
