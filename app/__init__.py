"""Fingerpost: who points the finger at whom in the comments under an article, and why."""
