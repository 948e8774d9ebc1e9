"""Choosing the best of many systems: procedures that know numbers only, and a study of points."""
