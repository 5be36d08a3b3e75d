"""The admin: every model of every app, with no code per model."""
