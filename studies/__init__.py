"""Studies made with the product: what they run, what they write, what they draw."""
