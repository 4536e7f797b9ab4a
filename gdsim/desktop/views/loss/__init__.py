"""The view of the loss curves."""
