"""Users: who they are, signing in and out."""
