"""Groups of positions that are joined pair by pair, in nearly linear time."""

from __future__ import annotations


class Groups:
    """Positions 0 … size - 1, each alone at first; a group is known by its first position."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def join(self, one: int, other: int) -> None:
        """Put the groups of two positions together."""
        first, second = self.first(one), self.first(other)
        self._above[max(first, second)] = min(first, second)

    def first(self, position: int) -> int:
        """Return the first position of the group of that one."""
        above = self._above
        while above[position] != position:
            above[position] = above[above[position]]  # halves the way for whoever comes next
            position = above[position]
        return position

    def firsts(self) -> tuple[int, ...]:
        """Return the first position of each position's group."""
        return tuple(map(self.first, range(len(self._above))))
