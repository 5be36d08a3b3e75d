"""Opening an account, changing a password, and getting a new one by e-mail."""
