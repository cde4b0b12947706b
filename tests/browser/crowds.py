"""Pages of many comments, made up by rule, for looking at what is long."""

from __future__ import annotations

import random
from typing import Any

_FIRST = "Ada Bo Cem Dina Edo Fay Gil Hana Ivo Jun Kai Lea Mo Nia Olu Pia Quin Rui Sol Tam".split()
_LAST = "Abara Brandt Costa Dahl Eriks Fontaine Grau Haddad Ito Jansen Kovac Lund Mbeki".split()
_ACTORS = (
    "Veltra Transit",
    "Harbour Union",
    "Northgate Council",
    "Osprey Security",
    "Lindqvist Energy",
    "Grey Market",
    "Delta Insurance",
    "Rowan Brothers",
)
_BLAMES = (
    "{a} did it, everybody who was there knows.",
    "Maybe {a} is behind this, who else had the keys?",
    "I blame {a}. They have paid nobody on time since spring and now this.",
    "{a} failed to guard the yard, night after night, and said so in their own report.",
    "The paper says {a} is behind it.",
)
_CLEARS = (
    "Not {a}. They lost more than anybody that night.",
    "{a} is innocent, I never saw them near the depot, and I walk my dog there.",
)
_ASKS = ("Did {a} do it?", "Is {a} behind this? Has anybody seen a document?")
_AGREES = ("Exactly.", "I agree with that.", "Nonsense.", "True, sadly.")
_OTHER = (
    "My bus was late again this morning and nobody told us anything.",
    "The smell went as far as the river.\n\nWe closed all windows and waited.",
    "Thoughts with the drivers.",
)


def crowd(count: int, *, seed: int = 7) -> dict[str, Any]:
    """Return a page of that many comments, the same each time."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    authors = [f"{first} {last}" for first in _FIRST for last in _LAST]
    weights = [1 / (at + 1) for at in range(len(_ACTORS))]
    comments: list[dict[str, Any]] = []
    for at in range(count):
        actor = chance.choices(_ACTORS, weights)[0]
        kind = chance.random()
        reply_to = None
        if at and chance.random() < 0.45:
            reply_to = f"c{chance.randint(max(1, at - 12), at)}"
        if reply_to and kind < 0.25:
            text = chance.choice(_AGREES)
        elif kind < 0.6:
            text = chance.choice(_BLAMES).format(a=actor)
        elif kind < 0.75:
            text = chance.choice(_CLEARS).format(a=actor)
        elif kind < 0.82:
            text = chance.choice(_ASKS).format(a=actor)
        else:
            text = chance.choice(_OTHER)
        comments.append(
            {
                "author": chance.choice(authors[: max(3, count // 2)]),
                "text": text,
                "reply_to": reply_to,
                "created_at": f"2025-03-{2 + at * 20 // count:02}T{at % 24:02}:{at % 60:02}:00Z",
            }
        )
    return {
        "url": f"https://news.example/depot-fire-{count}",
        "title": f"Fire at the bus depot: {count} readers write",
        "article": "Eleven buses burned at the Northgate depot on Sunday night. Nobody was "
        "hurt.\n\nVeltra Transit, which runs the depot, says that the gate was locked.",
        "published_at": "2025-03-02T08:00:00Z",
        "comments": comments,
    }
