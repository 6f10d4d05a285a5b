"""What generated MAPPA meetings hold: frozen values. Places are those of facts in ``Known.facts``."""

from dataclasses import dataclass
from datetime import date

AGREED, ACCEPTED, QUESTIONED, CANNOT = "agreed", "accepted", "questioned", "cannot"
COMPLETED = "completed"
ATTENDED, DEPUTY, APOLOGIES, ABSENT = "attended", "deputy", "apologies", "absent"


@dataclass(frozen=True, slots=True)
class Seat:
    """One post invited to a meeting: what they answered, who came, and what they sent in writing beforehand."""

    post: str
    attendance: str
    wrote: str = ""


@dataclass(frozen=True, slots=True)
class EntryText:
    """What was said in substance under an item of the agenda; `post` is empty where it was the meeting as a whole.

    `compartment` is the part of the minutes that it stands in.
    """

    item: str
    post: str
    text: str
    compartment: str = "open"


@dataclass(frozen=True, slots=True)
class DecisionText:
    """A decision with its reasons. `dissent` says who did not agree and why; `plain` is for the offender, or empty."""

    text: str
    reasons: str
    dissent_post: str = ""
    dissent: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class DisclosureText:
    """Disclosure as it was considered. Made: to whom, what, by which post, by when; else why not."""

    made: bool
    to_whom: str = ""
    what: str = ""
    post: str = ""
    by_on: date | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class ActionStory:
    """An action; `agreed` and `done` are the places of its facts, `post` who does it.

    `state` is where it stands today; `evidence` is what was found when it was done, `reason` why it was questioned.
    """

    number: str
    text: str
    post: str
    service: str
    agreed: int
    agreed_on: date
    due_on: date
    state: str
    done: int | None = None
    done_on: date | None = None
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldText:
    """A meeting that was held; `fact` is the place of its ``mappa_meeting_held``.

    `filed` and `told` are the places of the facts that its minutes were filed (by service) and the offender told.
    """

    fact: int
    on: date
    level: int
    category: int
    level_reasons: str
    why: str
    concerns_child: bool
    concerns_victim: bool
    seats: tuple[Seat, ...]
    entries: tuple[EntryText, ...]
    decisions: tuple[DecisionText, ...]
    disclosure: DisclosureText
    actions: tuple[ActionStory, ...]
    review_on: date
    review_reason: str
    filed: tuple[tuple[str, int], ...] = ()
    told: int | None = None
    told_how: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class ReferralText:
    """The referral before a first Level 2 or 3: who referred, why, and what three people thought of it."""

    post: str
    on: date
    reasons: str
    views: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LevelText:
    """The decision behind a ``mappa_level_set``; with the referral that led to it, where one did."""

    fact: int
    on: date
    level: int
    category: int
    reasons: str
    referral: ReferralText | None = None


@dataclass(frozen=True, slots=True)
class MappaContent:
    """All that stands behind the MAPPA facts of one case. `meetings` are the recent ones; `actions` are all."""

    levels: tuple[LevelText, ...]
    meetings: tuple[HeldText, ...]
    actions: tuple[ActionStory, ...]
