"""Loads an xAIF document with oAMF's package xaif, adds a relation and prints what it found.

Run in an environment of its own: the FILE, then RA or CA, then the nodeIDs to relate.
"""

import json
import sys
from pathlib import Path

from xaif import AIF


def main() -> None:
    """Load, add, print."""
    file, kind, start, end = sys.argv[1:]
    aif = AIF(json.loads(Path(file).read_text(encoding="utf-8")))
    relations = aif.get_csv("argument-relation").to_dict("records")
    aif.add_component("argument_relation", relation_type=kind, iNode_ID1=start, iNode_ID2=end)
    found = {
        "valid": aif.is_valid_json_aif(),
        "dialog": aif.is_json_aif_dialog(),
        "relations": relations,
        "document": aif.xaif,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
