"""The view of the numerical gradient."""
