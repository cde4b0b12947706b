"""Turns the bytes of a saved page into a Page; no network, no database, no model."""
