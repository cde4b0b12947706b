"""Scores texts against targets; the only room that knows torch or transformers."""
