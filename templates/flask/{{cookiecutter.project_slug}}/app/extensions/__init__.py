"""Optional parts of the application: each module here offers `init_app` and is found by name."""
