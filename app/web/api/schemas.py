"""The contract's objects as schemas for OpenAPI; what is written comes from `app.exchange`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from app.domain.caution import Caution
from app.domain.stance import Label, Role

Id = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(pattern=r"\S")]
Probability = Annotated[float, Field(ge=0, le=1)]
Cautions = Annotated[
    list[Caution],
    Field(
        description=(
            "Why the stances may be wrong: the text has invisible letters, letters that look like "
            "others, or a word without end, speaks to a model, or is partly in a language that "
            "the model does not read."
        )
    ),
]
Offset = Annotated[int, Field(ge=0, description="Code points from the beginning of the text.")]


class Probabilities(BaseModel):
    """One calibrated probability a label; they sum to 1."""

    support: Probability
    deny: Probability
    query: Probability
    comment: Probability


class StanceOut(BaseModel):
    """How a text stands to one target."""

    label: Label
    certain: Annotated[bool, Field(description="The author commits; never on query or comment.")]
    probability: Probability
    probabilities: Probabilities


class MentionOut(BaseModel):
    """A place where an actor is named."""

    model_config = ConfigDict(populate_by_name=True)

    in_: Annotated[str, Field(alias="in", description='"article", or the id of a comment.')]
    start: Offset
    end: Offset
    text: str


class ActorOut(BaseModel):
    """Somebody whom the page or a comment weighs as responsible."""

    id: str
    name: str
    aliases: list[str]
    mentions: list[MentionOut]


class EvidenceOut(BaseModel):
    """The words of the comment that carry an attribution."""

    start: Offset
    end: Offset
    text: str


class AttributionOut(BaseModel):
    """A comment's stance to the claim that one actor is responsible."""

    actor: Annotated[str, Field(description="The id of an actor on the same page.")]
    label: Annotated[
        Label, WithJsonSchema({"type": "string", "enum": ["support", "deny", "query"]})
    ]
    certain: bool
    role: Annotated[Role | None, Field(description="Null exactly on query.")]
    reported: Annotated[bool, Field(description="It passes on somebody else's claim.")]
    probability: Probability
    evidence: EvidenceOut
    inherited_from: Annotated[
        str | None, Field(description="The comment it agrees with and takes this over from.")
    ]
    premises: Annotated[
        list[EvidenceOut] | None,
        Field(description="The reasons that the comment gives; null where none were looked for."),
    ]
    unsupported: Annotated[
        bool | None, Field(description="It takes a side and gives no reason; null likewise.")
    ]


class CommentOut(BaseModel):
    """A comment with its stances."""

    id: str
    author: str | None
    text: str
    created_at: datetime | None
    kind: Literal["comment", "pingback"]
    reply_to: Annotated[str | None, Field(description="Null: it answers the article.")]
    reply_link: Literal["given", "markup", "inferred"] | None
    reply_stance: StanceOut | None
    account_stance: StanceOut
    attributions: list[AttributionOut]
    claimed_perpetrators: Annotated[
        list[str], Field(description="Ids of actors, the most certain first.")
    ]
    cautions: Cautions


class HypothesisOut(BaseModel):
    """How the page's comments weigh one actor's responsibility."""

    actor: str
    rank: Annotated[int, Field(ge=1)]
    strength: Probability
    support: int
    deny: int
    query: int
    authors: int


class ModelOut(BaseModel):
    """Which model said so."""

    name: str
    revision: str


class MinedPageOut(BaseModel):
    """A page with what its comments say about who is responsible."""

    id: str
    url: str | None
    title: str | None
    article: str
    published_at: datetime | None
    language: str | None
    event: str | None
    account: str | None
    actors: list[ActorOut]
    comments: list[CommentOut]
    hypotheses: list[HypothesisOut]
    model: ModelOut
    mined_at: datetime


class ActorIn(BaseModel):
    """An actor whom the caller wants weighed."""

    id: Id | None = None
    name: Name
    aliases: list[Name] | None = None


class CommentIn(BaseModel):
    """A comment; one without an id gets "c1", "c2" … by its place."""

    id: Id | None = None
    author: str | None = None
    text: str
    reply_to: Id | None = None
    created_at: datetime | None = None


class PageIn(BaseModel):
    """An article and the comments under it; what is given is used as given."""

    url: str | None = None
    title: str | None = None
    article: str | None = None
    published_at: datetime | None = None
    account: str | None = None
    event: str | None = None
    actors: Annotated[
        list[ActorIn] | None,
        Field(description="Nobody else is weighed; not given: whoever is found."),
    ] = None
    comments: list[CommentIn]


class CommentsIn(BaseModel):
    """Comments for a page that is there; they may answer those already on it."""

    comments: Annotated[list[CommentIn], Field(min_length=1)]


class CommentEdit(BaseModel):
    """What a comment says from now on."""

    model_config = ConfigDict(extra="forbid")

    text: str


class GraphNodeOut(BaseModel):
    """A node of the argument graph, in AIF's kinds."""

    id: str
    kind: Literal["I", "L", "RA", "CA", "MA", "TA", "YA"]
    text: str
    about: Literal["article", "account", "hypothesis", "comment", "relation"]
    scheme: str | None
    ref: Annotated[str | None, Field(description="The comment or actor that it stands for.")]
    author: str | None
    created_at: datetime | None
    probability: Probability | None
    certain: bool | None
    role: Role | None


class GraphEdgeOut(BaseModel):
    """A directed edge."""

    from_id: str
    to_id: str


class GraphOut(BaseModel):
    """The argument graph of a page."""

    nodes: list[GraphNodeOut]
    edges: list[GraphEdgeOut]


class ProblemError(BaseModel):
    """One thing that is wrong with a request."""

    field: str
    message: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError] | None = None
