"""The view of the examples."""
