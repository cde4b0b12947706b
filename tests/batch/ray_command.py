"""`fingerpost` with a scorer that takes its time, so that a run on a cluster can be killed.

Run as a program by the tests; nothing ships.
"""

from __future__ import annotations

import sys

from app.cli.entry import make_command
from tests.batch.slow_command import load_slow_scorer

if __name__ == "__main__":
    make_command()(sys.argv[1:], obj=load_slow_scorer)
