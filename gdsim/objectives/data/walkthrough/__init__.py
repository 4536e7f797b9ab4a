"""The walk through a model, forward and back, for one example."""
