"""What the command line can choose, in words that cost nothing to load."""

from __future__ import annotations

from enum import StrEnum


class OutputFormat(StrEnum):
    """What a scored archive is written as."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    DATABASE = "database"


class Engine(StrEnum):
    """Who scores an archive."""

    LOCAL = "local"
    RAY = "ray"
