"""How often intervals and selections keep what they say; docs/validation/coverage.md."""
