"""Keeps mined pages and their graphs; the only room that knows SQLAlchemy. It never commits."""
