"""The views of graphs: the chain rule, forward and back."""
