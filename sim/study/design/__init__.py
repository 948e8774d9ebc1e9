"""Designed experiments: many points of one scenario, and what their factors do."""
