"""The tables that a scored archive is written as: columns, types, and what each means.

A page is known by `page_id`, its number in the archive, from 1; a comment by `page_id` and
`comment_id`, an actor by `page_id` and `actor_id`. Times are in UTC. Probabilities are rounded to
`DECIMALS`, so that the order in which a processor adds does not show.
"""

from __future__ import annotations

import pyarrow as pa

DECIMALS = 6

_TIME = pa.timestamp("us", tz="UTC")


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema(
        [pa.field(name, kind, metadata={"description": meaning}) for name, kind, meaning in columns]
    )


def _stance(name: str, what: str) -> list[tuple[str, pa.DataType, str]]:
    return [
        (f"{name}_label", pa.string(), f"stance to {what}: support, deny, query or comment"),
        (f"{name}_certain", pa.bool_(), "whether the author commits to it"),
        (f"{name}_support", pa.float64(), "calibrated probability of support"),
        (f"{name}_deny", pa.float64(), "calibrated probability of deny"),
        (f"{name}_query", pa.float64(), "calibrated probability of query"),
        (f"{name}_comment", pa.float64(), "calibrated probability of comment"),
    ]


PAGES = _table(
    ("page_id", pa.int64(), "number of the page in the archive, from 1"),
    ("file", pa.string(), "file of the archive"),
    ("position", pa.string(), "where in the file it stands"),
    ("url", pa.string(), "address of the page"),
    ("title", pa.string(), "title of the article"),
    ("article", pa.string(), "text of the article"),
    ("author", pa.string(), "author of the article"),
    ("published_at", _TIME, "when the article was published"),
    ("language", pa.string(), "ISO 639 code"),
    ("event", pa.string(), "what happened; null where nothing is weighed"),
    ("account", pa.string(), "the article's own claim about what happened"),
    ("comments", pa.int64(), "how many comments the page has"),
    ("model_name", pa.string(), "which model scored it"),
    ("model_revision", pa.string(), "changes whenever a weight or a threshold does"),
)

COMMENTS = _table(
    ("page_id", pa.int64(), "page it stands on"),
    ("comment_id", pa.string(), "id in the archive, unique on its page"),
    ("place", pa.int64(), "place on the page, from 1"),
    ("author", pa.string(), "who posted it"),
    ("text", pa.string(), "what it says"),
    ("created_at", _TIME, "when it was posted"),
    ("kind", pa.string(), "comment or pingback"),
    ("reply_to", pa.string(), "comment_id it answers; null: the article"),
    ("reply_link", pa.string(), "how that is known: given, markup or inferred"),
    *_stance("reply", "the comment it answers"),
    *_stance("account", "the article's account"),
    ("claimed_perpetrators", pa.list_(pa.string()), "actor_ids, the most certain first"),
    ("cautions", pa.list_(pa.string()), "why its stances may be wrong: invisible, look_alike, …"),
)

ATTRIBUTIONS = _table(
    ("page_id", pa.int64(), "page it stands on"),
    ("comment_id", pa.string(), "comment that takes the stance"),
    ("actor_id", pa.string(), "whom it is about"),
    ("actor_name", pa.string(), "that actor's name on the page"),
    ("label", pa.string(), "support, deny or query that the actor is responsible"),
    ("certain", pa.bool_(), "whether the author commits to it"),
    ("role", pa.string(), "perpetrator, sponsor or enabler; null on query"),
    ("reported", pa.bool_(), "passes on somebody else's claim"),
    ("probability", pa.float64(), "calibrated probability of the label"),
    ("evidence_start", pa.int64(), "code point of the comment's text where the evidence begins"),
    ("evidence_end", pa.int64(), "code point behind its end"),
    ("evidence_text", pa.string(), "the evidence"),
    ("inherited_from", pa.string(), "comment_id whose stance it takes over by agreeing"),
)

HYPOTHESES = _table(
    ("page_id", pa.int64(), "page it is about"),
    ("actor_id", pa.string(), "who would be responsible"),
    ("actor_name", pa.string(), "that actor's name on the page"),
    ("aliases", pa.list_(pa.string()), "other names for the same"),
    ("rank", pa.int64(), "place among the page's hypotheses, from 1"),
    ("strength", pa.float64(), "from 0 to 1; orders the ranks"),
    ("support", pa.int64(), "comments that support it"),
    ("deny", pa.int64(), "comments that deny it"),
    ("query", pa.int64(), "comments that ask"),
    ("authors", pa.int64(), "people behind these comments"),
)

FAILURES = _table(
    ("file", pa.string(), "file of the archive"),
    ("position", pa.string(), "where in the file it stands"),
    ("kind", pa.string(), "name of the error"),
    ("problem", pa.string(), "what was expected, and what came"),
)

TABLES: dict[str, pa.Schema] = {
    "pages": PAGES,
    "comments": COMMENTS,
    "attributions": ATTRIBUTIONS,
    "hypotheses": HYPOTHESES,
    "failures": FAILURES,
}
"""Each is a folder of Parquet files, one a part."""
