"""Knows the common nouns that mean somebody who can do things: roles, groups and organisations."""

from __future__ import annotations

from app.mining.names import singular

_ROLES = frozenset(
    """
    accomplice actor admin administrator admiral adviser advisor agent aide ally analyst
    apothecary apprentice arbiter architect arsonist assassin assistant attacker attorney
    auditor author baker banker baron bandit bartender bishop blogger boss boy boyfriend broker
    brother builder bully burglar butcher butler buyer captain caretaker cashier chairman chef
    chief civilian cleaner clerk client coach collector colonel commander commissioner conductor
    constable contractor cook cop coroner councillor courier criminal crook curate curator
    customer daughter dealer dean defector demonstrator deputy detective developer dictator
    director dispatcher doctor donor driver drifter editor employee employer engineer examiner
    exciseman executive expert extremist farmer farmhand father fisherman foreman founder
    fraudster gambler gangster gardener general girl girlfriend governor grandparent grower
    guard guardian guerrilla gunman hacker handyman head hijacker hitman hooligan housekeeper
    hunter husband immigrant importer informant informer inmate insider inspector insurer
    insurgent intern intruder investigator investor janitor jihadist journalist judge keeper kid
    killer king lad lady landlady landlord lawyer leader librarian lieutenant lobbyist lodger
    magistrate maid maintainer major maker man manager marshal mate mayor mechanic mercenary
    merchant migrant militant miner minister mobster moderator monk mother motorist murderer
    neighbor neighbour nephew nurse officer official operative operator organiser organizer
    owner parent partner partisan passenger pastor patient patron physician pilot pirate poacher
    policeman policewoman politician postdoc postman preacher president priest prince princess
    principal prisoner producer professor programmer prosecutor protester protestor provider
    provost publisher queen raider ranger rebel rector referee refugee regulator reporter
    resident retailer reviewer rider rival robber roommate ruler saboteur sailor salesman
    scammer scientist seller senator separatist sergeant servant settler shareholder sheriff
    sister skipper smoker smuggler sniper soigneur soldier son speaker spy stepfather stepmother
    steward stranger student supervisor supplier surgeon surveyor taxpayer teacher technician
    teenager tenant terrorist thief thug tourist trader trafficker trainer traitor tramp
    treasurer trustee tycoon uncle vandal vendor vicar villager visitor volunteer voter warden
    watchman waiter widow wife woman worker youth
    """.split()
)
_BODIES = frozenset(
    """
    academy administration agency airline airport army association authority bank battalion
    board branch brigade broadcaster brewery bureau business cabal cabinet cartel cell charity
    church clan clinic club college commission commune command committee company conglomerate
    consortium contracting corps corporation council county court crew crowd cult department
    directorate embassy enterprise executive faction factory faculty family farm federation firm
    fleet force forces foundation front fund gang government govt group guerrillas guild guys
    men hospital hotel house industry inspectorate institute institution intelligence junta
    kingpin kirk laboratory lab leadership league legion library lobby lot mafia management
    manufacturer media mill militia mine ministry mob monarchy monastery mosque movement
    municipality museum navy network ngo office opposition order organisation
    organization outfit panel paper parish parliament party patrol people police posse press
    province printer prosecution publisher regime regiment resistance ring sawmill school
    secretariat sect security senate service services sheriffs shipyard side society squad staff
    state station store studio syndicate team tribe tribunal troops trust union unit university
    utility vendor ward works feds treasury
    """.split()
)
_AGENT_ENDINGS = ("eer", "ist", "man", "woman", "ant", "or", "er")
_MIN_AGENT = 6
"""Letters from which such an ending makes somebody who acts: "breeder", but not "water"."""

_NOT_AGENTS = frozenset(
    """
    another matter number weather winter summer december october november september paper power
    either neither whether wonder answer letter order former latter corner dinner flower shower
    together however quarter center theatre border silver copper pepper timber rubber chapter
    charter computer server counter heater cooler freezer trailer tanker register error mirror
    terror motor factor sector harbor harbour colour color flavor floor minor doctor's
    restaurant important significant distant constant instant elephant relevant longer stronger
    cheaper bigger smaller higher lower better faster harder easier earlier later closer fewer
    older younger greater further under over after never other bother rather consider remember
    discover danger anger hunger finger trigger ladder folder powder shoulder disaster semester
    poster cluster container wilder kinder german roman human
    """.split()
)


def is_party(word: str) -> bool:
    """Whether a folded common noun means somebody who can do things: "lodger", "militias"."""
    one = singular(word)
    if one in _ROLES or one in _BODIES or word in _BODIES:
        return True
    return len(one) >= _MIN_AGENT and one.endswith(_AGENT_ENDINGS) and one not in _NOT_AGENTS


def is_body(word: str) -> bool:
    """Whether a folded common noun means several people: a group, a body, a plural of roles."""
    one = singular(word)
    return one in _BODIES or word in _BODIES or (one != word and is_party(word))


def is_role(word: str) -> bool:
    """Whether a folded common noun means one person, as titles before a name do: "banker"."""
    return is_party(word) and singular(word) not in _BODIES


def is_listed_role(word: str) -> bool:
    """Whether a folded word is a role of one person that is known, not one told by its ending.

    Surnames end so too: "Thatcher" is none.
    """
    return word in _ROLES
