"""The tables. A page is a row with a number; all else of it hangs below by that number.

Within a page, comments, actors and nodes are named by their position, not by the caller's ids,
which may be of any length. There are no relationships: a page is read table by table.
"""

from app.storage.tables.base import Base, PartRow
from app.storage.tables.campaign import (
    CampaignBandRow,
    CampaignRow,
    CampaignTextRow,
    ComparedPageRow,
)
from app.storage.tables.claim import (
    ActorNameRow,
    ActorRow,
    AttributionRow,
    ClaimRow,
    HypothesisRow,
    MentionRow,
    NamedClaimRow,
)
from app.storage.tables.count import ClaimCountRow
from app.storage.tables.decision import DecisionRow
from app.storage.tables.feedback import FeedbackRow
from app.storage.tables.graph import GraphEdgeRow, GraphNodeRow, PageArgumentsRow
from app.storage.tables.job import JobRow
from app.storage.tables.key import KeyRow
from app.storage.tables.page import CommentRow, PageContentRow, PageRow
from app.storage.tables.source import MovedReplyRow, PageSourceRow, WithheldRow

__all__ = [
    "ActorNameRow",
    "ActorRow",
    "AttributionRow",
    "Base",
    "CampaignBandRow",
    "CampaignRow",
    "CampaignTextRow",
    "ClaimCountRow",
    "ClaimRow",
    "CommentRow",
    "ComparedPageRow",
    "DecisionRow",
    "FeedbackRow",
    "GraphEdgeRow",
    "GraphNodeRow",
    "HypothesisRow",
    "JobRow",
    "KeyRow",
    "MentionRow",
    "MovedReplyRow",
    "NamedClaimRow",
    "PageArgumentsRow",
    "PageContentRow",
    "PageRow",
    "PageSourceRow",
    "PartRow",
    "WithheldRow",
]
