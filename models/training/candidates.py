"""Candidate actors that mining finds on the training pages and that no label weighs.

    python -m models.training.candidates --model models/small --data runs/data

Mining offers a model more candidates than there are actors: places, things, commenters and
passers-by. Training asks about these very ones, so that it learns to leave them alone. Needs a
first model, for its tags; writes candidates.json.gz into the training folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from app.inference.torch_scorer import load_scorer
from app.mining.actors import gather_actors
from app.parsing.page import parse_page
from models.training.bystanders import words_of
from models.training.data import read_json
from models.training.pages import split_pages

if TYPE_CHECKING:
    from app.mining.scorer import ActorTagger
    from models.training.pages import LabelledPage


def main() -> None:
    """Find the candidates of the training pages and write them beside the training data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    scorer = load_scorer(args.model)
    training, _, _ = split_pages(read_json(args.data / "pages.json.gz"))
    found = {}
    for page in training:
        known = words_of(name for own in page["actors"] for name in (own["name"], *own["aliases"]))
        names = names_found(page, scorer)
        found[page["id"]] = [own for own in names if not words_of(own) & known]
    with gzip.open(args.data / "candidates.json.gz", "wt", encoding="utf-8") as out:
        json.dump(found, out, ensure_ascii=False)
    print(f"{sum(map(len, found.values()))} candidates of {len(found)} pages that nobody weighs")


def names_found(page: LabelledPage, tagger: ActorTagger) -> list[list[str]]:
    """Return the names of each actor that mining finds on a page, the likeliest actor first."""
    bare = parse_page(page_as_json(page), content_type="application/json")
    return [[actor.name, *actor.aliases] for actor in gather_actors(bare, tagger)]


def page_as_json(page: LabelledPage) -> bytes:
    """Return a labelled page without its labels, as it is sent to the service."""
    comments = [{key: own[key] for key in ("id", "author", "text")} for own in page["comments"]]
    body = {"title": page["title"], "article": page["article"], "comments": comments}
    return json.dumps(body).encode()


def given_as_json(page: LabelledPage, *, with_replies: bool) -> bytes:
    """Return a labelled page as it is sent with its account, event and actors, not its stances."""
    keys = ("id", "author", "text", *(("reply_to",) if with_replies else ()))
    body = {key: page[key] for key in ("title", "article", "account", "event", "actors")}
    body["comments"] = [{key: own[key] for key in keys} for own in page["comments"]]
    return json.dumps(body).encode()


if __name__ == "__main__":
    main()
