"""The contract both packs keep, as tests against a live server; see README.md."""
