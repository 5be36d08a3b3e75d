"""What a user can ask of scaffold: one module, one verb, one function; no printing."""
