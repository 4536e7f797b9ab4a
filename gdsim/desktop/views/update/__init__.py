"""The view of an update taken apart."""
