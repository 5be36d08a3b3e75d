"""Settings: `components/` holds one file per subject, the modules beside it name the environment.

A component states what production needs. Where development or tests differ, it says so beside
the value, with `DEVELOPMENT` or `TESTING`. A new subject is a new file; no file lists the others.
"""
