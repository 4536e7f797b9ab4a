"""The view of the derivative of a function of one variable."""
