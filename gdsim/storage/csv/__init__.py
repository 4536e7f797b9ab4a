"""Tables of examples out of CSV files."""
