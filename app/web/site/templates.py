"""The templates and what they can use: every value is escaped unless it is markup of our own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.stance import Label
from app.web.site import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FOLDER = Path(__file__).resolve().parent / "templates"


def make_environment() -> Environment:
    """Return the environment in which all templates are filled."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=day_of,
        moment=moment_of,
        iso=lambda when: when.isoformat(),
        fixed=lambda value: f"{value:.2f}",
        signed=signed,
        site=site_of,
        web=web_address,
        query=query_of,
        count=count_of,
    )
    environment.globals.update(
        SIGNS=words.SIGNS,
        TO_ACTOR=words.TO_ACTOR,
        TO_ACCOUNT=words.TO_ACCOUNT,
        TO_PARENT=words.TO_PARENT,
        ROLES=words.ROLES,
        CAUTIONS=words.CAUTIONS,
        NOBODY=words.NOBODY,
        LABELS=[label for label in Label if label is not Label.COMMENT],
    )
    return environment


def day_of(when: datetime) -> str:
    """Return a day as people write it: 2 March 2025."""
    return f"{when.day} {when:%B} {when.year}"


def moment_of(when: datetime) -> str:
    """Return day and minute, in the time's own zone, or in UTC where that is what it has."""
    zone = "UTC" if not when.utcoffset() else when.isoformat()[-6:]
    return f"{day_of(when)}, {when:%H:%M} {zone}"


def signed(value: float) -> str:
    """Return a change with its sign, a real minus among them."""
    return f"{value:+.2f}".replace("-", "−")


def site_of(url: str | None) -> str:
    """Return the host of an address without "www.", empty where it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def web_address(url: str | None) -> str | None:
    """Return an address if it is one of the web, and else None: never a script to click on."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def query_of(path: str, given: Mapping[str, object] | None = None, **more: object) -> str:
    """Return a path with a query of what is given and is not None."""
    wanted = {name: value for name, value in {**(given or {}), **more}.items() if value is not None}
    return f"{path}?{urlencode(wanted)}" if wanted else path


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 comment, 1,200 comments."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
