"""A person with a browser, before either pack."""
