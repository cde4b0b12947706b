"""What the nouns in an actor's name say of what it can be held responsible as.

Police and ministries let things happen, presidents and owners have them done, gangs and drivers do
them: so it is on the labelled pages, whoever writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.mining.names import read_name, singular
from app.mining.parties import is_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    Shares = tuple[float, ...]
    Words = Mapping[str, tuple[float, ...]]

BIASES: Shares = (1.28, -0.97, -0.3)
"""The log-odds of perpetrator, sponsor and enabler where no noun speaks."""

WORDS: Words = {
    "activist": (0.34, -0.13, -0.21, 0.34, -0.13, -0.21),
    "admin": (-0.18, -0.25, 0.43, 0.05, -0.2, 0.14),
    "agency": (-0.26, 0.05, 0.22, -0.87, 0.27, 0.6),
    "army": (0.3, -0.32, 0.02, 0.31, -0.21, -0.09),
    "auditor": (-0.55, -0.13, 0.68, -0.55, -0.13, 0.68),
    "authority": (-0.48, -0.1, 0.57, -0.44, -0.08, 0.52),
    "bank": (0.23, -0.45, 0.22, -0.54, -0.13, 0.67),
    "board": (-0.39, -0.27, 0.66, -0.6, -0.23, 0.83),
    "boss": (-0.21, 0.13, 0.08, -0.36, 0.18, 0.18),
    "brigade": (0.13, -0.31, 0.19, 0.52, -0.29, -0.23),
    "builder": (0.01, 0.35, -0.35, -0.02, 0.44, -0.42),
    "bureau": (0.0, -0.08, 0.08, -0.15, -0.02, 0.17),
    "business": (0.37, -0.05, -0.32, 0.0, 0.0, 0.0),
    "buyer": (-0.61, 0.49, 0.13, -0.61, 0.49, 0.13),
    "captain": (0.02, 0.09, -0.11, 0.0, -0.33, 0.33),
    "chief": (-0.34, 0.11, 0.24, -0.14, 0.33, -0.19),
    "clerk": (0.05, -0.19, 0.14, 0.05, -0.19, 0.14),
    "club": (-0.15, 0.09, 0.06, -0.09, -0.08, 0.16),
    "coach": (0.01, 0.34, -0.35, -0.73, 0.89, -0.16),
    "colonel": (0.01, 0.13, -0.15, 0.02, 0.33, -0.35),
    "command": (-0.19, -0.26, 0.44, -0.3, -0.24, 0.54),
    "commission": (-0.16, -0.24, 0.4, -0.28, -0.23, 0.5),
    "committee": (-0.37, -0.17, 0.54, -0.37, -0.17, 0.54),
    "company": (-0.28, -0.21, 0.48, 0.02, -0.14, 0.12),
    "contractor": (-0.31, -0.18, 0.48, -0.05, -0.12, 0.18),
    "cop": (0.17, -0.15, -0.01, 0.17, -0.15, -0.01),
    "council": (-0.26, -0.42, 0.68, -0.28, -0.4, 0.68),
    "county": (-0.15, -0.24, 0.4, 0.15, -0.23, 0.09),
    "crew": (0.66, -0.38, -0.28, 0.31, -0.3, -0.01),
    "crowd": (0.18, -0.04, -0.14, 0.09, 0.0, -0.09),
    "dealer": (-0.35, 0.52, -0.17, -0.13, 0.25, -0.12),
    "department": (-0.3, -0.33, 0.63, -0.45, -0.28, 0.73),
    "developer": (-0.2, 0.45, -0.25, -0.29, 0.5, -0.21),
    "director": (-0.28, -0.1, 0.38, -0.06, -0.07, 0.13),
    "doctor": (0.18, -0.07, -0.11, 0.18, -0.07, -0.11),
    "driver": (0.48, -0.37, -0.12, 0.48, -0.37, -0.12),
    "employee": (0.09, -0.09, 0.0, 0.09, -0.09, 0.0),
    "engineer": (0.32, -0.19, -0.13, 0.26, -0.17, -0.09),
    "factory": (0.18, -0.23, 0.06, 0.15, -0.12, -0.03),
    "family": (-0.08, 0.14, -0.06, -0.2, 0.17, 0.03),
    "farm": (0.21, 0.16, -0.37, 0.21, 0.08, -0.29),
    "farmer": (0.37, 0.05, -0.42, 0.53, -0.19, -0.34),
    "fed": (0.18, 0.1, -0.29, 0.18, 0.1, -0.29),
    "federation": (-0.66, -0.1, 0.76, -0.58, -0.09, 0.67),
    "firm": (0.0, -0.28, 0.28, 0.34, -0.05, -0.29),
    "force": (-0.33, 0.21, 0.12, 0.07, 0.28, -0.35),
    "founder": (0.24, -0.26, 0.03, 0.18, -0.2, 0.02),
    "front": (0.38, -0.04, -0.34, 0.38, -0.04, -0.34),
    "gang": (0.43, 0.06, -0.49, 0.41, 0.07, -0.48),
    "general": (-0.68, 0.79, -0.11, -0.18, 0.46, -0.27),
    "government": (-0.25, 0.24, 0.01, -0.76, 0.36, 0.4),
    "governor": (-0.87, 0.95, -0.08, -0.49, 0.22, 0.27),
    "govt": (0.17, -0.27, 0.11, 0.08, -0.25, 0.17),
    "group": (0.16, 0.03, -0.19, 0.27, -0.04, -0.23),
    "guard": (0.02, -0.47, 0.45, 0.02, -0.47, 0.45),
    "hacker": (0.39, -0.02, -0.37, 0.39, -0.02, -0.37),
    "head": (0.03, -0.14, 0.12, -0.34, -0.1, 0.44),
    "hospital": (-0.56, -0.01, 0.57, -0.12, 0.25, -0.13),
    "house": (-0.24, 0.03, 0.21, 0.4, -0.36, -0.04),
    "hunter": (0.4, -0.13, -0.27, 0.33, -0.11, -0.22),
    "insider": (0.08, 0.05, -0.13, 0.08, 0.05, -0.13),
    "inspector": (-0.66, -0.21, 0.87, -0.64, -0.21, 0.86),
    "intelligence": (-0.43, 0.88, -0.45, 0.09, 0.25, -0.34),
    "interior": (-0.08, 0.25, -0.17, 0.09, -0.01, -0.08),
    "junior": (-0.11, 0.14, -0.03, 0.2, -0.12, -0.07),
    "kid": (0.61, -0.38, -0.23, 0.55, -0.36, -0.19),
    "leader": (-0.08, -0.32, 0.39, -0.16, -0.29, 0.44),
    "league": (-0.01, 0.0, 0.01, -0.01, 0.0, 0.01),
    "lot": (0.23, -0.01, -0.22, 0.04, 0.08, -0.12),
    "mafia": (0.0, 0.32, -0.32, 0.0, 0.32, -0.32),
    "maker": (-0.09, -0.32, 0.41, 0.36, -0.22, -0.14),
    "management": (-0.25, -0.29, 0.54, -0.17, -0.26, 0.43),
    "manager": (0.31, -0.47, 0.15, 0.02, -0.35, 0.33),
    "manufacturer": (0.16, -0.22, 0.05, 0.16, -0.22, 0.05),
    "master": (-0.24, -0.23, 0.47, -0.24, -0.23, 0.47),
    "mayor": (-1.07, 0.7, 0.37, -0.58, 0.48, 0.09),
    "militia": (0.24, -0.27, 0.03, 0.16, -0.25, 0.09),
    "mine": (-0.05, 0.38, -0.33, -0.42, 0.65, -0.23),
    "minister": (-0.65, 0.22, 0.43, -0.42, 0.17, 0.26),
    "ministry": (-0.41, -0.31, 0.72, -0.21, -0.23, 0.44),
    "mob": (0.05, 0.2, -0.26, 0.05, 0.2, -0.26),
    "movement": (0.38, -0.15, -0.23, 0.38, -0.15, -0.23),
    "municipality": (-0.22, -0.21, 0.43, -0.22, -0.21, 0.43),
    "navy": (-0.09, -0.06, 0.16, -0.44, 0.03, 0.41),
    "neighbour": (-0.18, 0.56, -0.38, -0.06, 0.42, -0.36),
    "network": (0.16, 0.13, -0.29, -0.06, 0.19, -0.14),
    "office": (-0.68, 0.43, 0.25, -0.31, -0.23, 0.54),
    "officer": (0.06, -0.24, 0.18, -0.2, -0.18, 0.38),
    "operator": (0.12, -0.45, 0.33, -0.16, -0.38, 0.53),
    "organiser": (-0.69, 0.05, 0.64, -0.51, 0.08, 0.43),
    "owner": (-0.2, 0.17, 0.03, -0.43, 0.39, 0.05),
    "parent": (-0.27, 0.08, 0.2, -0.27, 0.08, 0.2),
    "partner": (0.14, 0.13, -0.27, 0.02, 0.18, -0.2),
    "party": (-0.07, 0.53, -0.46, 0.01, 0.45, -0.45),
    "people": (0.18, 0.03, -0.2, -0.06, 0.25, -0.18),
    "police": (-0.6, -0.52, 1.12, -0.11, -0.45, 0.56),
    "president": (-0.63, 1.05, -0.43, 0.06, 0.13, -0.19),
    "rebel": (0.23, -0.1, -0.12, 0.23, -0.1, -0.12),
    "referee": (0.36, -0.18, -0.19, 0.03, -0.06, 0.03),
    "regime": (0.15, -0.05, -0.1, 0.05, -0.02, -0.04),
    "regulator": (-0.63, -0.22, 0.85, -0.63, -0.22, 0.85),
    "resident": (0.38, -0.16, -0.21, 0.33, -0.14, -0.18),
    "rival": (0.27, 0.21, -0.48, 0.13, 0.0, -0.13),
    "school": (-0.09, -0.05, 0.14, -0.17, 0.23, -0.06),
    "security": (-0.28, -0.28, 0.55, -0.68, 0.08, 0.6),
    "seller": (0.1, 0.17, -0.28, 0.05, 0.19, -0.24),
    "separatist": (0.33, -0.13, -0.2, 0.33, -0.13, -0.2),
    "service": (-0.19, 0.05, 0.14, -0.12, 0.18, -0.05),
    "side": (0.37, -0.16, -0.21, 0.37, -0.16, -0.21),
    "skipper": (-0.01, -0.12, 0.14, -0.01, -0.12, 0.14),
    "smuggler": (0.38, -0.18, -0.2, 0.38, -0.18, -0.2),
    "soldier": (-0.11, -0.08, 0.2, -0.11, -0.08, 0.2),
    "staff": (-0.05, -0.31, 0.35, -0.5, -0.14, 0.65),
    "state": (-0.04, 0.03, 0.0, 0.11, 0.25, -0.36),
    "student": (-0.02, -0.04, 0.06, 0.4, -0.06, -0.34),
    "studio": (-0.26, -0.01, 0.27, -0.33, 0.03, 0.3),
    "supplier": (0.25, -0.25, 0.0, 0.25, -0.25, 0.0),
    "syndicate": (-0.16, 0.47, -0.31, -0.34, 0.57, -0.23),
    "teacher": (-0.15, 0.02, 0.13, 0.05, -0.13, 0.08),
    "team": (0.14, -0.03, -0.11, -0.29, 0.02, 0.27),
    "teenager": (0.17, -0.06, -0.11, 0.17, -0.06, -0.11),
    "trader": (0.05, 0.4, -0.45, -0.16, 0.53, -0.37),
    "trucker": (-0.09, 0.27, -0.18, -0.09, 0.27, -0.18),
    "trust": (0.08, 0.16, -0.25, 0.12, 0.17, -0.29),
    "union": (0.33, 0.01, -0.33, 0.11, 0.15, -0.27),
    "unit": (0.04, 0.2, -0.24, 0.15, -0.2, 0.05),
    "vendor": (-0.14, -0.31, 0.44, -0.14, -0.31, 0.44),
    "whoever": (-0.16, -0.26, 0.41, 0.0, 0.0, 0.0),
    "worker": (0.45, -0.28, -0.17, 0.25, -0.14, -0.1),
    "youth": (0.12, -0.09, -0.03, 0.23, -0.08, -0.15),
}
"""What a noun adds to these anywhere in a name, and what it adds beside as the name's head.

`python -m models.training.role_words` fits both on the pages that train networks; nouns that tell a
gender are left out."""


def log_shares_of(
    names: Iterable[str], words: Words = WORDS, biases: Shares = BIASES
) -> npt.NDArray[np.float64]:
    """Return the logarithms [3] of the shares of perpetrators, sponsors and enablers so called."""
    odds: npt.NDArray[np.float64] = np.asarray(biases)
    for noun, is_head in nouns_of(names).items():
        if noun in words:
            within, as_head = np.asarray(words[noun]).reshape(2, -1)
            odds = odds + within + is_head * as_head
    odds = odds - odds.max()
    logs: npt.NDArray[np.float64] = odds - np.log(np.exp(odds).sum())
    return logs


def nouns_of(names: Iterable[str]) -> dict[str, bool]:
    """Return the common nouns of an actor's names that mean a party, and which of them are heads.

    "Port police inspector" has police and, as its head, inspector.
    """
    nouns: dict[str, bool] = {}
    for text in names:
        name = read_name(text)
        if name is None:
            continue
        for word in name.content:
            if is_party(word):
                noun = singular(word)
                nouns[noun] = nouns.get(noun, False) or word == name.head_word
    return nouns
