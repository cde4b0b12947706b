"""Argument graphs drawn by hypothesis, and one written out, for tests of the forms they take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind

NOON = datetime(2026, 1, 2, 13, 0, 0, 500, tzinfo=timezone(timedelta(hours=1)))

HOSTILE = [
    '=HYPERLINK("http://x.example","click")',
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "'",
    "\t=1",
    "\r=1",
    "＝1+1",
    'a "quoted" word',
    "ends in a backslash \\",
    '\\"];evil[label="x',
    "\\N \\G \\n",
    "<b>&amp;</b>",
    "]]> <!-- x --> <![CDATA[",
    "[c1]: taken {a: 1} #tag @[x] <y>: _z_ *w*",
    "a} b {c",
    "===\ntitle: x\n===",
    "\n\n  - [c1]\n+> [x]",
    "// no comment",
    "/* none */",
    ".alpha. :beta: a.b.c",
    "line\nbreak\r\nand\rreturn\u2028and\x85more",
    "火事 👍🏽 e\u0301",
    "\u202egnp.exe",
    "1.1. Pro: no",
    "",
]
"""Texts that mean something to one form or another."""

PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t\r"), max_size=12
)
"""Texts that every form of names and values can hold."""

TEXTS = PLAIN | st.sampled_from(HOSTILE)
ANY_TEXTS = st.text(st.characters(exclude_categories=[]), max_size=8)
"""Texts with control characters and halves of surrogate pairs too."""

TIMES = st.none() | st.datetimes(timezones=st.just(UTC))


def tie(key, kind, scheme):
    """Return a node that ties others in the form of that scheme."""
    return Node(key, kind, scheme, About.RELATION, scheme=scheme)


@st.composite
def graphs(draw, texts=TEXTS):
    """Draw a legal graph of up to four sayings with relations, questions and transitions."""
    count = draw(st.integers(0, 4))
    ids = draw(st.lists(texts.filter(bool), min_size=count, max_size=count, unique=True))
    nodes, edges = [], []
    for key in ids:
        nodes += [
            Node(
                f"L{key}",
                NodeKind.LOCUTION,
                draw(texts),
                About.COMMENT,
                ref=key,
                author=draw(st.none() | texts),
                created_at=draw(TIMES),
            ),
            Node(f"Y{key}", NodeKind.ILLOCUTION, "Asserting", About.RELATION, scheme="Asserting"),
            Node(f"I{key}", NodeKind.INFORMATION, draw(texts), About.COMMENT, ref=key),
        ]
        edges += [Edge(f"L{key}", f"Y{key}"), Edge(f"Y{key}", f"I{key}")]
    for number in range(draw(st.integers(0, 3)) if ids else 0):
        start, end = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        kind = draw(st.sampled_from([NodeKind.INFERENCE, NodeKind.CONFLICT, NodeKind.REPHRASE]))
        nodes.append(
            Node(
                f"R{number}",
                kind,
                draw(texts),
                About.RELATION,
                scheme=draw(st.none() | texts),
                probability=draw(st.none() | st.floats(0, 1)),
                certain=draw(st.none() | st.booleans()),
                role=draw(st.none() | texts),
            )
        )
        edges += [Edge(f"I{start}", f"R{number}"), Edge(f"R{number}", f"I{end}")]
        if ids.index(start) < ids.index(end):  # a reply comes after what it answers
            nodes += [
                tie(f"T{number}", NodeKind.TRANSITION, draw(texts)),
                tie(f"A{number}", NodeKind.ILLOCUTION, "Arguing"),
            ]
            edges += [
                Edge(f"L{start}", f"T{number}"),
                Edge(f"T{number}", f"L{end}"),
                Edge(f"T{number}", f"A{number}"),
                Edge(f"A{number}", f"R{number}"),
            ]
    return ArgumentGraph(tuple(nodes), tuple(edges))


GRAPH = ArgumentGraph(
    nodes=(
        Node("article", NodeKind.LOCUTION, "Bomb", About.ARTICLE),
        Node(
            "c1",
            NodeKind.LOCUTION,
            "Ann Lee : It was X.",
            About.COMMENT,
            ref="c1",
            author="Ann Lee",
            created_at=NOON,
        ),
        tie("c1/says", NodeKind.ILLOCUTION, "Asserting"),
        Node("c1/text", NodeKind.INFORMATION, "It was X.", About.COMMENT, ref="c1"),
        Node("x", NodeKind.INFORMATION, "X is responsible.", About.HYPOTHESIS, ref="x"),
        tie("c1/to", NodeKind.TRANSITION, "Default Transition"),
        Node(
            "c1/x",
            NodeKind.INFERENCE,
            "Default Inference",
            About.RELATION,
            scheme="Default Inference",
            ref="c1",
            probability=0.75,
            certain=True,
            role="sponsor",
        ),
        tie("c1/anchor", NodeKind.ILLOCUTION, "Arguing"),
        tie("c1/asks", NodeKind.ILLOCUTION, "Pure Questioning"),
    ),
    edges=(
        Edge("c1", "c1/says"),
        Edge("c1/says", "c1/text"),
        Edge("article", "c1/to"),
        Edge("c1/to", "c1"),
        Edge("c1/text", "c1/x"),
        Edge("c1/x", "x"),
        Edge("c1/to", "c1/anchor"),
        Edge("c1/anchor", "c1/x"),
        Edge("c1", "c1/asks"),
        Edge("c1/asks", "x"),
    ),
)
