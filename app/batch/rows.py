"""Turns mined pages into rows of the tables of `schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from app.batch.schema import DECIMALS, TABLES
from app.domain.stance import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.batch.units import PageEntry
    from app.domain.mined import MinedComment, MinedPage
    from app.domain.stance import Attribution, Stance
    from app.parsing.archives import Failure


class TableRows:
    """Rows gathered table by table, column by column."""

    def __init__(self) -> None:
        self._columns: dict[str, dict[str, list[object]]] = {
            name: {column: [] for column in schema.names} for name, schema in TABLES.items()
        }

    def add_page(self, source: PageEntry, mined: MinedPage) -> None:
        """Add the rows of a mined page."""
        names = {actor.id: actor.name for actor in mined.actors}
        aliases = {actor.id: list(actor.aliases) for actor in mined.actors}
        self._add(
            "pages",
            source.number,
            source.entry.file,
            source.entry.position,
            mined.url,
            mined.article.title,
            mined.article.text,
            mined.article.author,
            mined.article.published_at,
            mined.language,
            mined.event,
            mined.account,
            len(mined.comments),
            mined.model.name,
            mined.model.revision,
        )
        for place, comment in enumerate(mined.comments, 1):
            self._add_comment(source.number, place, comment)
            for row in comment.attributions:
                self._add_attribution(source.number, comment, row, names.get(row.actor))
        for hypothesis in mined.hypotheses:
            self._add(
                "hypotheses",
                source.number,
                hypothesis.actor,
                names.get(hypothesis.actor),
                aliases.get(hypothesis.actor),
                hypothesis.rank,
                round(hypothesis.strength, DECIMALS),
                hypothesis.support,
                hypothesis.deny,
                hypothesis.query,
                hypothesis.authors,
            )

    def add_failures(self, failures: Iterable[Failure]) -> None:
        """Add a row a failure."""
        for each in failures:
            self._add("failures", each.file, each.position, each.kind, each.problem)

    def tables(self) -> dict[str, pa.Table]:
        """Return the rows as Arrow tables under their names."""
        return {
            name: pa.table(self._columns[name], schema=schema) for name, schema in TABLES.items()
        }

    def _add_comment(self, page: int, place: int, mined: MinedComment) -> None:
        comment = mined.comment
        self._add(
            "comments",
            page,
            comment.id,
            place,
            comment.author,
            comment.text,
            comment.created_at,
            comment.kind.value,
            comment.reply_to,
            comment.reply_link.value if comment.reply_link else None,
            *_stance(mined.reply_stance),
            *_stance(mined.account_stance),
            list(mined.claimed_perpetrators),
            list(mined.cautions),
        )

    def _add_attribution(
        self, page: int, mined: MinedComment, row: Attribution, name: str | None
    ) -> None:
        self._add(
            "attributions",
            page,
            mined.comment.id,
            row.actor,
            name,
            row.label.value,
            row.certain,
            row.role.value if row.role else None,
            row.reported,
            round(row.probability, DECIMALS),
            row.evidence.start,
            row.evidence.end,
            row.evidence.text_of(mined.comment.text),
            row.inherited_from,
        )

    def _add(self, table: str, *values: object) -> None:
        for column, value in zip(self._columns[table].values(), values, strict=True):
            column.append(_sound(value))


def _stance(stance: Stance | None) -> Sequence[object]:
    if stance is None:
        return [None] * (2 + len(LABELS))
    probabilities = (round(stance.probability_of(label), DECIMALS) for label in LABELS)
    return [stance.label.value, stance.certain, *probabilities]


def _sound(value: object) -> object:
    """Half a surrogate pair, which JSON can smuggle in, has no place in UTF-8."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
