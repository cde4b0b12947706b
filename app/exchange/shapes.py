"""The objects of this project's own contract, field by field, as they are written in JSON."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class ProbabilitiesJson(TypedDict):
    """One calibrated probability a label."""

    support: float
    deny: float
    query: float
    comment: float


class StanceJson(TypedDict):
    """A stance to one target."""

    label: str
    certain: bool
    probability: float
    probabilities: ProbabilitiesJson


MentionJson = TypedDict("MentionJson", {"in": str, "start": int, "end": int, "text": str})
"""Where an actor is named; functional, because "in" is a keyword of Python."""


class ActorJson(TypedDict):
    """An actor with every place where it is named."""

    id: str
    name: str
    aliases: list[str]
    mentions: list[MentionJson]


class EvidenceJson(TypedDict):
    """The words of a comment that carry an attribution."""

    start: int
    end: int
    text: str


class AttributionJson(TypedDict):
    """A comment's stance to one actor's responsibility."""

    actor: str
    label: str
    certain: bool
    role: str | None
    reported: bool
    probability: float
    evidence: EvidenceJson
    inherited_from: str | None
    premises: list[EvidenceJson] | None
    unsupported: bool | None


class MinedCommentJson(TypedDict):
    """A comment with all its stances."""

    id: str
    author: str | None
    text: str
    created_at: str | None
    kind: str
    reply_to: str | None
    reply_link: str | None
    reply_stance: StanceJson | None
    account_stance: StanceJson
    attributions: list[AttributionJson]
    claimed_perpetrators: list[str]
    cautions: list[str]


class HypothesisJson(TypedDict):
    """How the page's comments weigh one actor's responsibility."""

    actor: str
    rank: int
    strength: float
    support: int
    deny: int
    query: int
    authors: int


class ModelJson(TypedDict):
    """Which model said so."""

    name: str
    revision: str


class MinedPageJson(TypedDict):
    """The contract's mined page; `id` is null where the page is not stored."""

    id: str | None
    url: str | None
    title: str | None
    article: str
    published_at: str | None
    language: str | None
    event: str | None
    account: str | None
    actors: list[ActorJson]
    comments: list[MinedCommentJson]
    hypotheses: list[HypothesisJson]
    model: ModelJson
    mined_at: str


class NodeJson(TypedDict):
    """A node of the argument graph."""

    id: str
    kind: str
    text: str
    about: str
    scheme: str | None
    ref: str | None
    author: str | None
    created_at: str | None
    probability: float | None
    certain: bool | None
    role: str | None


class EdgeJson(TypedDict):
    """An edge of the argument graph."""

    from_id: str
    to_id: str


class GraphJson(TypedDict):
    """An argument graph."""

    nodes: list[NodeJson]
    edges: list[EdgeJson]


class NamedActorJson(TypedDict):
    """An actor as a caller names it."""

    id: str
    name: str
    aliases: list[str]


class CommentJson(TypedDict):
    """A comment as a caller sends it, with `reply_link` and `kind` so that nothing is lost."""

    id: str
    author: str | None
    text: str
    reply_to: str | None
    reply_link: str | None
    kind: str
    created_at: str | None


class PageJson(TypedDict):
    """The contract's page in; `author` is the article's. No `actors` key means no list given."""

    url: str | None
    title: str | None
    author: str | None
    article: str
    published_at: str | None
    language: str | None
    account: str | None
    event: str | None
    actors: NotRequired[list[NamedActorJson]]
    comments: list[CommentJson]
