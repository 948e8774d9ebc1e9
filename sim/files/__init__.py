"""Files that users give, read as what they should be: tables, traffic, declarations."""
