"""One folder per blueprint. A folder that exists is a blueprint that is on."""
