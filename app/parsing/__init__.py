"""Turns the bytes of a saved page into a Page; no network, no database, no model.

Nothing of it is loaded before somebody asks for it: what reads pages takes a third of a second to
load, for which a service that starts need not wait.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.parsing import archives, language
    from app.parsing.evidence import Evidence, LeftOut, Source
    from app.parsing.page import explain_page, parse_comments, parse_page

__all__ = [
    "Evidence",
    "LeftOut",
    "Source",
    "archives",
    "explain_page",
    "language",
    "parse_comments",
    "parse_page",
]

_HOMES = {
    "Evidence": "evidence",
    "LeftOut": "evidence",
    "Source": "evidence",
    "explain_page": "page",
    "parse_comments": "page",
    "parse_page": "page",
}
"""The module in which each name stands; the others are modules themselves."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name not in _HOMES:
        return import_module(f"{__name__}.{name}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
