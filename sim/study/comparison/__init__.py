"""Comparisons with the baseline beyond single differences: many at once, pairing, how often."""
