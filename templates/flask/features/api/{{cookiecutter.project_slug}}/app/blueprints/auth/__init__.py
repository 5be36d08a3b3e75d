"""Tokens for programs, and who is signed in."""
