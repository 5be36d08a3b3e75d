"""Answers to Flask or Django, with the reasons."""
