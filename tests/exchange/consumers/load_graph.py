"""Loads an argument graph with arguebuf and prints what it found.

Run in an environment of its own: the form (aif, xaif or kialo), then the FILE.
"""

import json
import sys
from pathlib import Path

import arguebuf


def main() -> None:
    """Load and print."""
    form, file = sys.argv[1], Path(sys.argv[2])
    with file.open(encoding="utf-8") as stream:
        graph = getattr(arguebuf.load, form)(stream if form == "kialo" else json.load(stream))
    found = {
        "atoms": {id_: node.plain_text for id_, node in graph.atom_nodes.items()},
        "schemes": {id_: type(node.scheme).__name__ for id_, node in graph.scheme_nodes.items()},
        "edges": sorted((edge.source.id, edge.target.id) for edge in graph.edges.values()),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
