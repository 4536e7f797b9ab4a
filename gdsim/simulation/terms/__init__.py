"""The steps of a run taken apart."""
