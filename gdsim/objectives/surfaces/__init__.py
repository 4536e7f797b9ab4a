"""The surfaces: a catalogue, typed formulas, Python callables."""
