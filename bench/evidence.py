"""Reads saved pages with some sources of evidence switched off, to see what is found without them.

python bench/evidence.py PAGES OUT [--without NAME ...]

For each *.html under PAGES a file of the same name is written to OUT: {title, article, comments:
[{author, text, parent}], used}, parent being a place in the list. `--without '*'` leaves only the
detector of what repeats and JSON-LD; the names of platforms are those of app/parsing/platforms.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InputError
from app.parsing import markup
from app.parsing.charset import decode_page
from app.parsing.drafts import comments_of

if TYPE_CHECKING:
    from collections.abc import Collection


def read_page(data: bytes, without: Collection[str]) -> dict[str, object]:
    """Return what is found on a page, as JSON has it."""
    reading = markup.read(decode_page(data), without=without)
    comments = comments_of(reading.drafts)
    places = {comment.id: at for at, comment in enumerate(comments)}
    return {
        "title": reading.article.title,
        "article": reading.article.text,
        "comments": [
            {
                "author": comment.author,
                "text": comment.text,
                "parent": places[comment.reply_to] if comment.reply_to is not None else None,
            }
            for comment in comments
        ],
        "used": reading.evidence.used.name if reading.evidence.used else None,
    }


def main() -> None:
    """Read all pages, and tell for each what was used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", nargs="*", default=[])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.pages.glob("*.html")):
        try:
            found = read_page(path.read_bytes(), options.without)
        except InputError as error:
            print(f"{path.stem}: {error}")
            continue
        text = json.dumps(found, ensure_ascii=False, indent=1)
        (options.out / f"{path.stem}.json").write_text(text, encoding="utf-8")
        print(f"{path.stem}: {found['used']}")


if __name__ == "__main__":
    main()
