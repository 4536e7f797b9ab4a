"""The runs of a map: very many at once, by machine code or on arrays, and how each of them ends."""
