"""Overlays of the landscape: arrows and marks of the gradient."""
