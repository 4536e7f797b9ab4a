"""State of the window: the experiment, the step, the selection, the plane, the settings."""
