"""A project on disk: files, state file, base, staging directory, journal."""
