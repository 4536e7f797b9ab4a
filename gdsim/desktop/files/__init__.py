"""Opening, saving, exporting, and recovery after a crash."""
