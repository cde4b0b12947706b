"""Writes argument graphs and mined pages in other products' formats, and reads them back."""
