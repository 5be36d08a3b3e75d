"""The steps of the wizard, one class for each question."""
