"""MUC-4's keys and texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.training.formats.muc4 import merged, organisations_of_key, read

if TYPE_CHECKING:
    from pathlib import Path

KEY = """\
; a remark of whoever made the key
0.  MESSAGE: ID                     TST9-MUC3-0001
1.  MESSAGE: TEMPLATE               1
9.  PERP: INDIVIDUAL ID             "REBELS"
10. PERP: ORGANIZATION ID           "RIVER FRONT" / "RF"
                                    ? "HILL LEAGUE"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT: "RIVER FRONT" / "RF"
12. PHYS TGT: ID                    "MILL"

0.  MESSAGE: ID                     TST9-MUC3-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
10. PERP: ORGANIZATION ID           "RF"

0.  MESSAGE: ID                     TST9-MUC3-0002 (NOSC)
1.  MESSAGE: TEMPLATE               *
10. PERP: ORGANIZATION ID           *
"""

TEXTS = """\
TST9-MUC3-0001

   QUAY CITY, 3 MAY 90 -- [TEXT] THE RIVER
FRONT (RF) BURNED A MILL.

TST9-MUC3-0002

   QUAY CITY -- [TEXT] NOTHING HAPPENED.

TST9-MUC3-0003

   OF ANOTHER PART.
"""


def test_a_key_names_organisations_and_their_other_names() -> None:
    """Alternatives are one entity, further lines others, and confidence is no name."""
    assert list(organisations_of_key(KEY)) == [
        ("TST9-MUC3-0001", [["RIVER FRONT", "RF"], ["HILL LEAGUE"]]),
        ("TST9-MUC3-0001", [["RF"]]),
        ("TST9-MUC3-0002", []),
    ]


def test_templates_are_merged_over_the_document() -> None:
    """One whose names are another's is that one; names that the text lacks are left out."""
    text = "THE RIVER\nFRONT (RF) BURNED A MILL"
    entities = [["RIVER FRONT", "RF"], ["HILL LEAGUE"], ["RF"]]
    assert merged(entities, text) == (("rf", "river front"),)


def test_a_release_is_read_with_its_keys(tmp_path: Path) -> None:
    """Texts without a key are of another part."""
    (tmp_path / "key-tst9").write_text(KEY, "latin-1")
    (tmp_path / "tst9-muc3").write_text(TEXTS, "latin-1")
    first, second = read(tmp_path)
    assert (first.id, first.organisations) == ("TST9-MUC3-0001", (("rf", "river front"),))
    assert first.text.startswith("QUAY CITY")
    assert (second.id, second.organisations) == ("TST9-MUC3-0002", ())


def test_our_rows_give_the_same(tmp_path: Path) -> None:
    """The templates of a row are merged as those of a key."""
    row = {"docid": "X", "text": "THE RF", "templates": [{"perp_orgs": [["RF", "R F"]]}]}
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    assert read(path)[0].organisations == (("rf",),)
