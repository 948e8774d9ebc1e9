"""Verification: the simulator against a file of results that are known exactly."""
