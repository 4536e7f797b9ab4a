"""The commands: one table, from which menus, keys and palette are made."""
