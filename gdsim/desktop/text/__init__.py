"""Texts: phrases, changes, captions and numbers in the language of the window."""
