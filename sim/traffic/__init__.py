"""What arrives: keyed draws, distributions, vessel calls, consignments, selection."""
