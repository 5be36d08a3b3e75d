"""What a person can ask of scaffold: one module, one verb, one function; no printing."""
