"""Inputs by which fuzzing found mistakes, made small, each with what went wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """A page as it came, and as what it was declared."""

    data: bytes
    content_type: str | None = None


FOUND: dict[str, Input] = {
    "a month spelled with a long s is in no table": Input(
        "Ann ſays:\n\nBob, 3 ſept 2014\nx\n".encode(), "text/plain"
    ),
    "a dash stood among the names of months": Input(
        b"2 comments\n\n0- says:\nx\n\n1- says:\ny\n", "text/plain"
    ),
    "an ampersand escaped ten thousand times": Input(
        b"2 comments\n\nAnn says:\n&" + b"amp;" * 10_000 + b"lt;\n", "text/plain"
    ),
}
