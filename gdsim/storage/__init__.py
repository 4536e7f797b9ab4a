"""Keeping it: tables of iterates and outcomes."""
