"""How runs end: where they stand, how they move, and what is said of it."""
