"""Which figures matter, and which of them would change the ranking of reforms."""
