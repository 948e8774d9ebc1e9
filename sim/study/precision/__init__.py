"""Replicating until KPIs are as precise as asked: the rules, and a run by them."""
