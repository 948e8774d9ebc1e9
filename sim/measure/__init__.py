"""From the trace to times, workload, costs, detection, utilisation and critical paths."""
