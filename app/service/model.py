"""The model as the service holds it: loaded once, on need, and shared by all threads."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from app.service.shared import SharedScorer
from app.service.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.mining.scorer import Scorer


class SharedModel:
    """Loads a scorer when it is first asked for; the scorer has to bear many threads at once.

    `turns` are those that the scorer takes for its batches, if it takes any.
    """

    def __init__(self, load_scorer: Callable[[], Scorer], *, turns: Turns | None = None) -> None:
        self._load_scorer = load_scorer
        self._takes_turns = turns is not None
        self._turns = turns or Turns()
        self._scorer: SharedScorer | None = None
        self._loading = Lock()

    def load(self) -> SharedScorer:
        """Return the scorer, loaded once.

        Raises:
            ModelUnusable: its folder is missing, incomplete or of another make.
        """
        with self._loading:
            if self._scorer is None:
                self._scorer = SharedScorer(
                    self._load_scorer(), self._turns, takes_turns=self._takes_turns
                )
            return self._scorer

    def go_on(self) -> None:
        """Let it work again after `break_off`."""
        self._turns.open()

    def break_off(self) -> None:
        """End what it works on at the next turn, by Stopping; it reads nothing more."""
        self._turns.close()
