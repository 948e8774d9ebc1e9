"""The choice among many scenarios as tables, a figure and sentences."""
