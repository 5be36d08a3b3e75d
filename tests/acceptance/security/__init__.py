"""What tools that look for weaknesses say of a generated project."""
