"""Studies: which scenarios are run, how often, where, and what the replications say together."""
