"""A run from its manifest alone: what was asked for, with which files, and whether it agrees."""
