"""Turns the bytes of a saved page into a Page; no network, no database, no model."""

from app.parsing.page import parse_comments, parse_page

__all__ = ["parse_comments", "parse_page"]
