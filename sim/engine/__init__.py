"""The engine: a plan goes in, a trace comes out. SimPy executes the activity network."""
