"""Colours, pens, fonts and icons."""
