"""Turns a Page into a MinedPage; knows the model only as a Protocol."""
