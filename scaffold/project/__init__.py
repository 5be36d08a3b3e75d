"""A project on disk: its state file, its files, and the staging directory it is built in."""
