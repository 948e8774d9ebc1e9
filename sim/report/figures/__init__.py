"""Figures of a study: each file draws one, from plain tables."""
