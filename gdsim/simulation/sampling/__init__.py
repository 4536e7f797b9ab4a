"""Samples of a function for display: surfaces, curves, arrows, cuts, planes."""
