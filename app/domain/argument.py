"""Argumentative units and how they bear on each other, within a comment and across comments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.page import Span


class UnitKind(StrEnum):
    """What a clause is in an argument. The order here is the order of every array of kinds."""

    CLAIM = "claim"
    PREMISE = "premise"
    NONE = "none"


UNIT_KINDS: tuple[UnitKind, ...] = tuple(UnitKind)


class Bearing(StrEnum):
    """How a unit bears on another. The order here is the order of every array of bearings."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"
    RESTATES = "restates"
    NONE = "none"


BEARINGS: tuple[Bearing, ...] = tuple(Bearing)


@dataclass(frozen=True, slots=True)
class Unit:
    """A claim or a premise: a span of a comment's own text."""

    span: Span
    kind: UnitKind
    probability: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A unit of a comment that bears on another, of the same or of an earlier comment.

    Units are named by their comment's id and their place among its units.
    """

    source: tuple[str, int]
    target: tuple[str, int]
    bearing: Bearing
    probability: float


ARTICLE = ""
"""What stands for the article where comments are named by id: no comment has an empty one."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The units of each text that has any, by comment id, and the relations between them."""

    units: Mapping[str, tuple[Unit, ...]]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class UnitPair:
    """Two clauses that may be related, as a reader is asked about them.

    `apart` counts the clauses from source to target, less than zero where the target stands
    later; it is 0 across comments. `answers` tells that the source's comment answers the
    target's, `quoted` that it quotes the target.
    """

    source: str
    target: str
    source_kind: UnitKind
    target_kind: UnitKind
    same_comment: bool
    same_author: bool
    answers: bool
    quoted: bool
    apart: int
