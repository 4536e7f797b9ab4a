"""The view of the gradient."""
