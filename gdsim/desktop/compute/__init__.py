"""Work of the thread that computes: requests, races, surfaces."""
