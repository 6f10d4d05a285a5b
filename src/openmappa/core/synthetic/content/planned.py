"""What a generated plan holds: frozen values, in the words of core/plans."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from openmappa.core.bands import HarmLevel

SUPERVISION, RISK_MANAGEMENT = "supervision", "risk_management"
OPEN, ACHIEVED, PARTLY, DROPPED = "open", "achieved", "partly", "dropped"


@dataclass(frozen=True, slots=True)
class GroundText:
    """A need or a harm factor that the plan has to answer, if `must`."""

    kind: str
    code: str
    label: str
    must: bool


@dataclass(frozen=True, slots=True)
class ObjectiveText:
    """An objective; `grounds` are the codes it answers, `insist` why vague words stand.

    `going` is what a review wrote down of it; empty where it is new.
    """

    number: int
    grounds: tuple[str, ...]
    what: str
    measure: str
    owner: str
    plain: str
    insist: str
    due_on: date
    state: str = OPEN
    state_on: date | None = None
    evidence: str = ""
    going: str = ""


@dataclass(frozen=True, slots=True)
class StepText:
    """An intervention with its place in the sequence; `after` is the number of what comes first.

    `name` is the figure of Table 2 that it is of.
    """

    number: int
    name: str
    kind: str
    what: str
    provider: str
    why_now: str
    plain: str
    starts_on: date
    ends_on: date
    after: int | None
    state: str = "planned"
    state_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ActionText:
    """An action of a risk management plan; in a review one of the version before may be done. `going` as above."""

    number: int
    what: str
    owner: str
    due_on: date
    state: str = OPEN
    state_on: date | None = None
    evidence: str = ""
    going: str = ""


@dataclass(frozen=True, slots=True)
class ContingencyText:
    """If this happens, this is done, by whom."""

    trigger: str
    what: str
    owner: str


@dataclass(frozen=True, slots=True)
class LiaisonText:
    """Who talks to whom, how often and about what (9.9)."""

    who: str
    with_whom: str
    how_often: str
    about: str


@dataclass(frozen=True, slots=True)
class PlanText:
    """One version of one plan; `fact` is its place among the facts. `review` is empty in a first plan."""

    fact: int
    kind: str
    purpose: str
    version: int
    harm: HarmLevel
    liaison: LiaisonText
    mappa_actions: tuple[str, ...]
    countersigned: bool
    shared_on: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    grounds: tuple[GroundText, ...] = ()
    objectives: tuple[ObjectiveText, ...] = ()
    steps: tuple[StepText, ...] = ()
    actions: tuple[ActionText, ...] = ()
    contingencies: tuple[ContingencyText, ...] = ()
    review: Mapping[str, str] = field(default_factory=dict)
