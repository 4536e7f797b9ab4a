"""Advice for runs that did not arrive, each piece tried before it is given."""
