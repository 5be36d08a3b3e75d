"""Whether the tests of a project see what they guard against."""
