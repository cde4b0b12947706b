"""The command line: `fingerpost serve`, `mine`, `export`, `db` and `config`."""

from app.cli.entry import main

__all__ = ["main"]
