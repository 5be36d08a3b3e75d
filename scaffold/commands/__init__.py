"""The commands: one module, one command, one function; no printing."""
