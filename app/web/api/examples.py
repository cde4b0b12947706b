"""One small page, in and out, as the example of every route."""

from typing import Any

_PROBABLY_COMMENT = {
    "label": "comment",
    "certain": False,
    "probability": 0.91,
    "probabilities": {"support": 0.04, "deny": 0.03, "query": 0.02, "comment": 0.91},
}
_SUPPORT = {
    "label": "support",
    "certain": True,
    "probability": 0.93,
    "probabilities": {"support": 0.93, "deny": 0.02, "query": 0.01, "comment": 0.04},
}

PAGE_IN: dict[str, Any] = {
    "url": "https://news.example/depot-fire",
    "title": "Fire at the bus depot",
    "article": "Eleven buses burned at the Northgate depot on Sunday night.",
    "comments": [
        {"author": "Ines", "text": "Veltra Transit did this for the insurance."},
        {"author": "Tom", "text": "Exactly.", "reply_to": "c1"},
    ],
}

_ATTRIBUTION = {
    "actor": "veltra-transit",
    "label": "support",
    "certain": True,
    "role": "perpetrator",
    "reported": False,
    "probability": 0.93,
    "evidence": {"start": 0, "end": 42, "text": "Veltra Transit did this for the insurance."},
    "inherited_from": None,
    "premises": [],
    "unsupported": True,
}

MINED_PAGE: dict[str, Any] = {
    "id": "pmz3kd0q7w2t5x8r1c6v9b4n0a",
    "url": "https://news.example/depot-fire",
    "title": "Fire at the bus depot",
    "article": "Eleven buses burned at the Northgate depot on Sunday night.",
    "published_at": None,
    "language": "en",
    "event": "Eleven buses burned at the Northgate depot on Sunday night.",
    "account": "Eleven buses burned at the Northgate depot on Sunday night.",
    "actors": [
        {
            "id": "veltra-transit",
            "name": "Veltra Transit",
            "aliases": [],
            "mentions": [{"in": "c1", "start": 0, "end": 14, "text": "Veltra Transit"}],
        }
    ],
    "comments": [
        {
            "id": "c1",
            "author": "Ines",
            "text": "Veltra Transit did this for the insurance.",
            "created_at": None,
            "kind": "comment",
            "reply_to": None,
            "reply_link": None,
            "reply_stance": None,
            "account_stance": _PROBABLY_COMMENT,
            "attributions": [_ATTRIBUTION],
            "claimed_perpetrators": ["veltra-transit"],
            "cautions": [],
        },
        {
            "id": "c2",
            "author": "Tom",
            "text": "Exactly.",
            "created_at": None,
            "kind": "comment",
            "reply_to": "c1",
            "reply_link": "given",
            "reply_stance": _SUPPORT,
            "account_stance": _PROBABLY_COMMENT,
            "attributions": [
                {
                    **_ATTRIBUTION,
                    "evidence": {"start": 0, "end": 8, "text": "Exactly."},
                    "inherited_from": "c1",
                }
            ],
            "claimed_perpetrators": ["veltra-transit"],
            "cautions": [],
        },
    ],
    "hypotheses": [
        {
            "actor": "veltra-transit",
            "rank": 1,
            "strength": 0.71,
            "support": 2,
            "deny": 0,
            "query": 0,
            "authors": 2,
        }
    ],
    "model": {"name": "small", "revision": "3f9c1a7e52d8"},
    "mined_at": "2025-03-02T09:30:00Z",
}

PAGE_AS_TEXT = (
    "Fire at the bus depot\n\nEleven buses burned at the Northgate depot on Sunday night.\n\n"
    "Comments\n\nInes says:\nVeltra Transit did this for the insurance.\n\n"
    "Tom says:\nExactly.\n"
)

PAGE_AS_HTML = (
    "<!doctype html><title>Fire at the bus depot</title><article><h1>Fire at the bus depot</h1>"
    "<p>Eleven buses burned at the Northgate depot on Sunday night.</p></article>"
    '<ol class="comment-list"><li class="comment" id="comment-1"><div class="comment-author">'
    '<cite class="fn">Ines</cite> <span class="says">says:</span></div><div '
    'class="comment-content"><p>Veltra Transit did this for the insurance.</p></div></li></ol>'
)

COMMENTS_IN: dict[str, Any] = {"comments": [{"author": "Lea", "text": "Says who?"}]}

COMMENT_EDIT: dict[str, Any] = {"text": "Veltra Transit may have done this."}

UNDO_IN: dict[str, Any] = {"reason": "The police named the company.", "decided_by": "mod-7"}
DECISION_IN: dict[str, Any] = {
    "comment": "c1",
    "action": "reject",
    "reason": "Accuses without a reason.",
    "decided_by": "mod-7",
}
DECISION: dict[str, Any] = {
    "id": "dq4n8x2m6c0v5b9z3k7w1t4r8y",
    "page": "pmz3kd0q7w2t5x8r1c6v9b4n0a",
    **DECISION_IN,
    "decided_at": "2025-03-02T10:15:00Z",
    "model": {"name": "small", "revision": "3f9c1a7e52d8"},
    "undoes": None,
    "undone_by": None,
}
LEDGER = (
    "id,decided_at,action,page,comment,reason,decided_by,model_name,model_revision,undoes,"
    "undone_by\r\n"
)

GRAPH: dict[str, Any] = {
    "nodes": [
        {
            "id": "n1",
            "kind": "L",
            "text": "Ines: Veltra Transit did this for the insurance.",
            "about": "comment",
            "scheme": None,
            "ref": "c1",
            "author": "Ines",
            "created_at": None,
            "probability": None,
            "certain": None,
            "role": None,
        }
    ],
    "edges": [],
}

AIF_GRAPH: dict[str, Any] = {
    "nodes": [
        {
            "nodeID": "n1",
            "text": "Ines: Veltra Transit did this for the insurance.",
            "type": "L",
            "timestamp": "2025-03-02 09:30:00",
        }
    ],
    "edges": [],
    "locutions": [],
}

STANCE_IN: dict[str, Any] = {
    "text": "No way the union did it.",
    "targets": ["The union set the fire."],
}
STANCES_OUT: dict[str, Any] = {
    "stances": [
        {
            "label": "deny",
            "certain": True,
            "probability": 0.94,
            "probabilities": {"support": 0.02, "deny": 0.94, "query": 0.01, "comment": 0.03},
        }
    ],
    "cautions": [],
}

JOB: dict[str, Any] = {
    "id": "jx4q8m1z7c2v5b9n3k6w0t1r5y",
    "state": "running",
    "done": 120,
    "total": 640,
}
