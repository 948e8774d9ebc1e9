"""How often intervals, corrections and selections keep what they say; docs/validation/coverage.md."""
