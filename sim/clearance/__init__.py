"""Workflows as graphs, the operators that rewrite them, and their compilation to a plan."""
