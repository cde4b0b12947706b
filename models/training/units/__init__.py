"""Fits the small heads that find argumentative units and how they bear on each other."""
