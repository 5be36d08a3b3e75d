"""Programs that read the OpenAPI document."""
