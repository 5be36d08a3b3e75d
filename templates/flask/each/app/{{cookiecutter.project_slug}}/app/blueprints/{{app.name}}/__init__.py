"""{{ app.title }}."""
