"""The language people type: tokens → tree → compiled, printed, typeset."""
