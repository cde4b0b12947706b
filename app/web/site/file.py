"""Writes the view of a page as one HTML file that needs nothing else and asks nobody for anything.

Its style and script stand in it, and its policy admits just these by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from app.web.site.site import Site, make_site
from app.web.site.view import view_page

if TYPE_CHECKING:
    from app.domain.mined import MinedPage
    from app.domain.ranking import Ranking

MODULES = ("ties.js", "folds.js", "picture.js", "filters.js", "page.js")
"""The scripts of a page's view, each before those that import it."""

_IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def page_as_html(mined: MinedPage, ranking: Ranking, *, site: Site | None = None) -> bytes:
    """Return the view of a mined page, stored or not, as a file."""
    site = site or make_site()
    style = site.assets.text("site.css")
    script = join_modules([site.assets.text(name) for name in MODULES])
    text = site.environment.get_template("file.html").render(
        view=view_page(None, mined, ranking),
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )
    return text.encode("utf-8", "replace")


def join_modules(modules: list[str]) -> str:
    """Return modules as one: what they import of one another stands in it already."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"
