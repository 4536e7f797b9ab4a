"""The ends of runs: where they stand, how they move, and what is said of it."""
