"""Tools > Tune fairly…: the same budget for every optimizer of the race."""
