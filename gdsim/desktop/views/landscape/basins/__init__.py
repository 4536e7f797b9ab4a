"""Basin maps on the landscape."""
