"""Axes, layers, clipping and thinning: what plots are made of."""
