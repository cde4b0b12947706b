"""Describes how comment systems write their HTML, each in a few lines, for `walk` to read by."""

from app.parsing.platforms.description import Matcher, Platform, Zone, mark
from app.parsing.platforms.forums import FORUMS
from app.parsing.platforms.parts import NEVER_TEXT, zone_by_name
from app.parsing.platforms.services import SERVICES
from app.parsing.platforms.sites import SITES
from app.parsing.platforms.vocabularies import VOCABULARIES
from app.parsing.platforms.weblogs import WEBLOGS

PLATFORMS: tuple[Platform, ...] = (*SITES, *SERVICES, *FORUMS, *VOCABULARIES, *WEBLOGS)
"""All that is known, the most telling first; forums know which post opens a thread."""

__all__ = ["NEVER_TEXT", "PLATFORMS", "Matcher", "Platform", "Zone", "mark", "zone_by_name"]
