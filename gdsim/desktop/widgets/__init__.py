"""Fields and other parts of no particular view."""
