"""Nine interactions that a model which adds up single effects gets wrong; docs/interactions.md."""
