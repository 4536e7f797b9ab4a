"""Changes of an experiment as pure functions."""
