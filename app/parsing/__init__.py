"""Turns the bytes of a saved page into a Page; no network, no database, no model."""

from app.parsing.evidence import Evidence, LeftOut, Source
from app.parsing.page import explain_page, parse_comments, parse_page

__all__ = ["Evidence", "LeftOut", "Source", "explain_page", "parse_comments", "parse_page"]
