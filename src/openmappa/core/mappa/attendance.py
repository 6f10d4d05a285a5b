"""Whether those who came to a meeting were senior enough. It is shown, never enforced: nobody is turned away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmappa.core.access import Rank, Service
from openmappa.core.packs.mappa_meetings_rules import MeetingRules

LADDERS: Mapping[Service, tuple[frozenset[Rank], ...]] = {
    Service.POLICE: (
        frozenset({Rank.CONSTABLE, Rank.DETECTIVE_CONSTABLE}),
        frozenset({Rank.SERGEANT, Rank.DETECTIVE_SERGEANT}),
        frozenset({Rank.INSPECTOR, Rank.DETECTIVE_INSPECTOR}),
        frozenset({Rank.CHIEF_INSPECTOR, Rank.DETECTIVE_CHIEF_INSPECTOR}),
        frozenset({Rank.SUPERINTENDENT, Rank.DETECTIVE_SUPERINTENDENT}),
        frozenset({Rank.ASSISTANT_CHIEF_CONSTABLE}),
    ),
    Service.PROBATION: (
        frozenset({Rank.PROBATION_SERVICE_OFFICER}),
        frozenset({Rank.PROBATION_OFFICER}),
        frozenset({Rank.SENIOR_PROBATION_OFFICER}),
        frozenset({Rank.ASSISTANT_CHIEF_OFFICER}),
        frozenset({Rank.CHIEF_OFFICER}),
    ),
}
"""The ranks and grades of each service, from the lowest up; a detective's rank is as high as the other's."""

CALLED: Mapping[Service, str] = {Service.POLICE: "the police", Service.PROBATION: "probation"}


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was at a meeting for a service. ``rank`` is none where nobody wrote it down."""

    service: Service
    rank: Rank


@dataclass(frozen=True, slots=True)
class RankCheck:
    """How one service stands against the rule for a level: the lowest rank asked for, the highest that came.

    ``highest`` None: nobody of the service came, or nobody's rank was written down (``came`` says which).
    """

    service: Service
    lowest: Rank
    came: int
    highest: Rank | None
    is_met: bool
    sentence: str
    source: str


def step(service: Service, rank: Rank) -> int:
    """How high a rank stands on the ladder of a service, from 1; 0 for a rank that is not on it."""
    steps = LADDERS[service]
    return next((number for number, ranks in enumerate(steps, start=1) if rank in ranks), 0)


def rank_checks(level: int, present: Iterable[Present], rules: MeetingRules) -> tuple[RankCheck, ...]:
    """The rule on the lowest rank for each service that has one at this level (2 or 3), and how it was kept."""
    people = list(present)
    return tuple(
        check
        for service in Service
        if (check := _check(level, service, [one.rank for one in people if one.service is service], rules))
    )


def _check(level: int, service: Service, ranks: list[Rank], rules: MeetingRules) -> RankCheck | None:
    rule = rules.lowest_rank(level, service)
    if rule is None:
        return None
    known = [rank for rank in ranks if step(service, rank)]
    highest = max(known, key=lambda rank: step(service, rank), default=None)
    is_met = highest is not None and step(service, highest) >= step(service, rule.rank)
    asked = f"Level {level} asks for at least {_a(rule.rank)} from {CALLED[service]}"
    if highest is not None:
        sentence = f"{asked}: {_a(highest)} attended."
    elif ranks:
        sentence = f"{asked}: whoever attended has no rank or grade written down."
    else:
        sentence = f"{asked}: nobody of theirs is written down as present."
    return RankCheck(service, rule.rank, len(ranks), highest, is_met, sentence, str(rule.source))


def _a(rank: Rank) -> str:
    label = rank.value.replace("_", " ")
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
