"""The window: layout, docks and menus."""
