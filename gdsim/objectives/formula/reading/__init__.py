"""Text → tree: signs → tokens → words → tree, and which of its names are coordinates; see `formula`."""
