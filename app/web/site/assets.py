"""Style sheets and scripts: the files under static/, addressed by what is in them.

An address names the content's hash, so that browsers may keep a file for good.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from app.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).resolve().parent / "static"

KINDS: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    content: bytes
    media_type: str


class Assets:
    """All files of the folder, read once.

    `version` is made of all of them: modules import one another by names beside their own, so
    that one version in the path brings all of one kind.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {
            path.name: Asset(path.read_bytes(), KINDS[path.suffix])
            for path in sorted(folder.iterdir())
            if path.suffix in KINDS
        }
        digest = hashlib.sha256()
        for name, asset in self._files.items():
            digest.update(name.encode() + b"\0" + asset.content)
        self.version = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Return where a file is to be had."""
        return f"/static/{self.version}/{name}"

    def answer(self, name: str) -> Response:
        """Return the file.

        Raises:
            NotFound: there is none of that name.
        """
        asset = self._files.get(name)
        if asset is None:
            raise NotFound(f"expected the name of a file of the pages, got {name[:60]!r}")
        return Response(
            asset.content,
            media_type=asset.media_type,
            headers={"cache-control": "public, max-age=31536000, immutable"},
        )

    def text(self, name: str) -> str:
        """Return the file's text."""
        return self._files[name].content.decode()
