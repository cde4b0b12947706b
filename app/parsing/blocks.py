"""Reads comments under a heading that follow no known form: blocks, perhaps with a name first.

The last resort for text: it needs a heading that announces comments.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.parsing.bodies import Body, find_tail, trim_lines
from app.parsing.furniture import is_action, is_end, is_heading, is_rule
from app.parsing.headers import Header, clean_name, is_name
from app.parsing.marks import Mark
from app.parsing.segments import Segmentation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.lines import Line

_NAMED_SHARE = 0.75
"""Where so many blocks begin with a line like a name, those lines are names."""

_SCORE_EACH = 0.1
"""Less than any form of `headers` scores for a comment."""

_SCORE_PARTED = 0.5
"""Names at the top of blocks that rules or buttons part are as good as a weak form."""


def try_blocks(lines: Sequence[Line]) -> Segmentation | None:
    """Return the comments under the last heading, cut at rules, buttons or blank lines."""
    headings = [at for at, line in enumerate(lines) if not line.blank and is_heading(line.words)]
    for heading in reversed(headings):
        blocks, parted = _blocks_of(lines, heading + 1)
        if blocks:
            return _segment(lines, heading, blocks, parted=parted)
    return None


def _blocks_of(lines: Sequence[Line], begin: int) -> tuple[list[tuple[int, int]], bool]:
    """The blocks, and whether something more than blank lines parts them."""
    end = next((at for at in range(begin, len(lines)) if is_end(lines[at].words)), len(lines))
    for is_cut in (_is_rule_at, _is_action_at, _is_wide_gap_at, _is_blank_at):
        cuts = [at for at in range(begin, end) if is_cut(lines, at)]
        edges = [begin - 1, *cuts, end]
        blocks = [
            (left + 1, right)
            for left, right in pairwise(edges)
            if any(not line.blank for line in lines[left + 1 : right])
        ]
        if len(blocks) > 1:
            return blocks, is_cut in {_is_rule_at, _is_action_at}
    some = any(not line.blank for line in lines[begin:end])
    return ([(begin, end)] if some else []), False


def _is_rule_at(lines: Sequence[Line], at: int) -> bool:
    return is_rule(lines[at].raw)


def _is_action_at(lines: Sequence[Line], at: int) -> bool:
    return is_action(lines[at].words)


def _is_wide_gap_at(lines: Sequence[Line], at: int) -> bool:
    return lines[at].blank and at + 1 < len(lines) and lines[at + 1].blank


def _is_blank_at(lines: Sequence[Line], at: int) -> bool:
    return lines[at].blank


def _segment(
    lines: Sequence[Line], heading: int, blocks: Sequence[tuple[int, int]], *, parted: bool
) -> Segmentation | None:
    trimmed = [trim_lines(lines[start:end], keep_some=False) for start, end in blocks]
    trimmed = [block for block in trimmed if block]
    if not trimmed:
        return None
    place = _names_at(trimmed)
    marks: list[Mark] = []
    bodies: list[Body] = []
    for block in trimmed:
        name = block[place] if place is not None and len(block) > 1 else None
        own = [line for line in block if line is not name]
        author = clean_name(name.words) if name is not None else ""
        marks.append(Mark(heading, heading + 1, block[0], Header(author)))
        bodies.append(Body(tuple(own)))
    tail = find_tail(bodies[-1], bodies[:-1])
    bodies[-1] = Body(bodies[-1].lines[:tail])
    score = (_SCORE_PARTED if place is not None and parted else _SCORE_EACH) * len(bodies)
    return Segmentation("blocks", heading, tuple(marks), tuple(bodies), score)


def _names_at(blocks: Sequence[Sequence[Line]]) -> int | None:
    """Whether names stand first (0) or last (-1) in the blocks, if anywhere."""
    for place in (0, -1):
        named = sum(len(block) > 1 and is_name(block[place].words, strict=True) for block in blocks)
        if named >= _NAMED_SHARE * len(blocks):
            return place
    return None
