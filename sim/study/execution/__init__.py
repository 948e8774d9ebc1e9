"""Runs replications: once each, wherever it may be, and keeps what they gave."""
