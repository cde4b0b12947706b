"""The settings of Fingerpost, all from the environment; nothing else reads it.

Every variable begins with FINGERPOST_. `fingerpost config` lists them with what is said here.
"""

from app.config.settings import PREFIX, Settings
from app.config.variables import (
    Variable,
    find_unknown,
    hide_password,
    list_variables,
    load_settings,
)

__all__ = [
    "PREFIX",
    "Settings",
    "Variable",
    "find_unknown",
    "hide_password",
    "list_variables",
    "load_settings",
]
