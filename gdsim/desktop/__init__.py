"""Showing it; the only room that imports Qt."""
