"""Models on examples, as functions of their parameters."""
