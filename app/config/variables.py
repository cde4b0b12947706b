"""The environment's variables as an operator sees them, and in one line what is wrong with one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from app.config.settings import PREFIX, Settings
from app.errors import ConfigInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_PASSWORD = re.compile(r"(?<=//)([^:/?]*):.*(?=@)|(?<=password=)[^&\s]+", re.IGNORECASE)
_HIDDEN = ("_secret",)
"""How the names of settings end whose values are never shown."""

_ECHOED = 60
"""Characters of a wrong value that an error repeats: enough to know it again."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the environment, as an operator sees it; passwords are hidden."""

    name: str
    value: str
    default: str
    meaning: str


def load_settings() -> Settings:
    """Return the settings of this environment.

    Raises:
        ConfigInvalid: naming the variable, its value and what was expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigInvalid(_complaint(error.errors()[0])) from None


def list_variables(settings: Settings) -> tuple[Variable, ...]:
    """Return every variable in the order of the class, with the value in force."""
    return tuple(
        Variable(
            name=PREFIX + name.upper(),
            value=_shown(getattr(settings, name), secret=name.endswith(_HIDDEN)),
            default=_shown(field.default),
            meaning=field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )


def find_unknown(environment: Iterable[str]) -> tuple[str, ...]:
    """Return the variables that begin like ours and are none: most likely slips of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return tuple(
        sorted(
            name
            for name in environment
            if name.upper().startswith(PREFIX) and name.upper() not in known
        )
    )


def hide_password(url: str) -> str:
    """Return the URL with its password as three asterisks."""
    return _PASSWORD.sub(lambda found: f"{found[1]}:***" if found[1] is not None else "***", url)


def _complaint(error: ErrorDetails) -> str:
    name = str(error["loc"][0]) if error["loc"] else ""
    field: FieldInfo | None = Settings.model_fields.get(name.lower())
    extra = field.json_schema_extra if field else None
    expected = extra.get("expected") if isinstance(extra, dict) else error["msg"]
    given = "***" if name.lower().endswith(_HIDDEN) else hide_password(str(error["input"]))
    got = given.encode("unicode_escape").decode("ascii")
    shown = got if len(got) <= _ECHOED else f"{got[:_ECHOED]}…"
    return f"{PREFIX}{name.upper()}: expected {expected}, got '{shown}'"


def _shown(value: object, *, secret: bool = False) -> str:
    if secret and value is not None:
        return "***"
    return "" if value is None else hide_password(str(value))
