"""Trained networks, one folder each, and the recipe that made them."""
