"""Drawing the cases of an inspection from its frame, so that anybody can draw the same again.

The joint inspection took 20 cases from each of five areas, representative by race and ethnicity, gender, and whether
the case was in MAPPA (paragraph 3.5). Here:

1. **Strata.** ``allocation`` shares the size out over the areas, by their size or with a minimum each. 100 cases with
   at least 20 from each of five areas is the report's sample.
2. **Minima within a stratum.** "At least two women of each area": those cases are a *group* of their own, drawn apart
   from the others; a case under two minima belongs to the first. Sizes within a stratum are shared out in the same way.
3. **Representation.** Within a group, cases are put in order by the traits to be represented and, where these are
   equal, by lot; then every k-th is taken from a start by lot (systematic sampling: W. G. Cochran, Sampling Techniques,
   3rd ed. 1977, chapter 8). So the first trait is represented to within one case, and the further ones as nearly as
   their small groups allow. **Every case of a group has the same chance**: drawn ÷ size. Filling quotas by hand would
   look the same and give some cases no chance at all.
4. **Weights.** A drawn case stands for size ÷ drawn cases of its group.
5. **Reserves.** All others of the group, in the order of their lots.

The seed should be such that nobody could have chosen it to suit: said before the frame is made, or taken from something
public on a day agreed before.

**Joint work** (3.5): each area may name some of its drawn cases where police and probation work together well. They
were drawn like all others, but what is left when the best are taken out is no longer the area. So both parts are kept
apart: ``estimated`` leaves them out, and speaks of cases that the area would not have named; ``joint`` is shown by
itself. ``drawn`` holds both, and alone speaks of all cases of the day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from openmappa.core.inspection.allocation import allocate
from openmappa.core.inspection.frame import Frame, FrameCase, SampleRefused, lot, ticket
from openmappa.core.inspection.precision import Part

OTHERS = "all others"
"""The group of those that come under no minimum."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least so many cases of each stratum whose trait has this value; all of them, where it has fewer."""

    trait: str
    value: str
    at_least: int

    def holds(self, case: FrameCase) -> bool:
        """Whether the case is one of those that the minimum is for."""
        return case.traits[self.trait] == self.value


@dataclass(frozen=True, slots=True)
class Rules:
    """How a sample is drawn.

    ``size``: how many cases of all strata together. ``at_least``: how many of each stratum (all, where it has fewer);
    beyond that, strata share by size. ``represent``: traits to be represented by their share, the most important
    first. ``minima``: within each stratum. ``joint_work_at_most``: how many a stratum may name as joint work; six of
    twenty in the report (3.5).
    """

    size: int
    at_least: int = 1
    represent: tuple[str, ...] = ()
    minima: tuple[Minimum, ...] = ()
    joint_work_at_most: int = 6

    def __post_init__(self) -> None:
        if self.size < 1:
            raise SampleRefused(f"A sample of {self.size} cases is none. Ask for one at least.")


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one stratum that were drawn together: each had the same chance. Keys are in the order of their lots."""

    stratum: str
    name: str
    size: int
    drawn: tuple[str, ...]
    reserves: tuple[str, ...]

    @property
    def weight(self) -> Fraction:
        """How many cases of the frame each drawn one stands for."""
        return Fraction(self.size, len(self.drawn))


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw with all that is needed to make it again from the same frame: seed, rules, and the frame's fingerprint."""

    seed: str
    rules: Rules
    frame_on: date
    frame_digest: str
    groups: tuple[Group, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The cases drawn, by stratum and group."""
        return tuple(key for group in self.groups for key in group.drawn)


@dataclass(frozen=True, slots=True)
class Planned:
    """How many cases a group has, and how many of them these rules will draw."""

    stratum: str
    name: str
    part: Part


def plan(frame: Frame, rules: Rules) -> tuple[Planned, ...]:
    """What will be drawn from each group: no seed is needed, so ``precision`` can be told before anything is drawn.

    SampleRefused where a rule names a trait that the frame lacks, or the frame has too few cases.
    """
    return tuple(
        Planned(stratum, name, Part(len(cases), number)) for stratum, name, cases, number in _shared_out(frame, rules)
    )


def draw(frame: Frame, *, seed: str, rules: Rules) -> Draw:
    """Draw a sample. The same frame, seed and rules give the same, however the cases were listed.

    SampleRefused where there is no seed, and as for ``plan``.
    """
    if not seed.strip():
        raise SampleRefused("A draw needs a seed: any words or digits that nobody could have chosen to suit.")
    groups = tuple(
        _drawn(stratum, name, cases, number, seed, rules) for stratum, name, cases, number in _shared_out(frame, rules)
    )
    return Draw(seed, rules, frame.on, frame.digest, groups)


def draw_again(frame: Frame, made: Draw) -> Draw:
    """What the seed and rules of a draw give from this frame. SampleRefused where it is not the frame of the draw."""
    _refuse_another(frame, made)
    return draw(frame, seed=made.seed, rules=made.rules)


def is_true(frame: Frame, made: Draw) -> bool:
    """Whether drawing again from this frame gives the same cases, reserves and groups. SampleRefused as above."""
    return draw_again(frame, made) == made


def _refuse_another(frame: Frame, made: Draw) -> None:
    if (found := frame.digest) != made.frame_digest:
        raise SampleRefused(
            f"This is not the list that the draw was made from. That was of {made.frame_on}, fingerprint "
            f"{made.frame_digest[:12]}; this is of {frame.on}, fingerprint {found[:12]}. Use the list as it was "
            "known then."
        )


def _shared_out(frame: Frame, rules: Rules) -> Iterator[tuple[str, str, list[FrameCase], int]]:
    """Stratum, group, the cases of the group, and how many of them to draw."""
    for trait in (*rules.represent, *(minimum.trait for minimum in rules.minima)):
        if trait not in frame.traits:
            raise SampleRefused(f"The frame does not say “{trait}” of its cases; it says {', '.join(frame.traits)}.")
    by_stratum = allocate(frame.sizes, rules.size, rules.at_least)
    minima = {f"{minimum.trait}: {minimum.value}": minimum for minimum in rules.minima}
    for stratum, cases in frame.by_stratum().items():
        members: dict[str, list[FrameCase]] = {}
        for case in cases:
            name = next((name for name, minimum in minima.items() if minimum.holds(case)), OTHERS)
            members.setdefault(name, []).append(case)
        sizes = {name: len(members[name]) for name in (*minima, OTHERS) if name in members}
        at_least = {name: minimum.at_least for name, minimum in minima.items()}
        try:
            shared = allocate(sizes, by_stratum[stratum], at_least)
        except SampleRefused as refused:
            raise SampleRefused(f"In {stratum}: {refused}") from refused
        for name, number in shared.items():
            yield stratum, name, members[name], number


def _drawn(stratum: str, name: str, cases: Sequence[FrameCase], number: int, seed: str, rules: Rules) -> Group:
    by_lot = sorted(cases, key=lambda case: (ticket(seed, "order", case.key), case.key))
    taken = _every_kth(by_lot, number, lot(seed, "start", f"{stratum}, {name}"), rules.represent)
    return Group(
        stratum,
        name,
        len(by_lot),
        tuple(case.key for case in by_lot if case.key in taken),
        tuple(case.key for case in by_lot if case.key not in taken),
    )


def _every_kth(by_lot: Sequence[FrameCase], number: int, start: Fraction, represent: Sequence[str]) -> set[str]:
    """The keys at every (size ÷ number)-th place of the cases in order of their traits."""
    in_order = sorted(by_lot, key=lambda case: [case.traits[trait] for trait in represent])
    return {in_order[int((start + each) * len(in_order) / number)].key for each in range(number)}


@dataclass(frozen=True, slots=True)
class Replacement:
    """One case of the sample that another took the place of, and why."""

    out: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw, and what has become of it: replacements in their order, and what the areas named as joint work."""

    draw: Draw
    replacements: tuple[Replacement, ...] = ()
    joint: frozenset[str] = field(default=frozenset())

    def members(self) -> dict[str, Group]:
        """Every case now in the sample, with the group that it stands for; a replacement in the place it took."""
        into = {each.out: each.into for each in self.replacements}
        found = {}
        for group in self.draw.groups:
            for drawn in group.drawn:
                key = drawn
                while key in into:
                    key = into[key]
                found[key] = group
        return found

    @property
    def drawn(self) -> dict[str, Fraction]:
        """Every case of the sample with its weight: together they stand for the frame."""
        return {key: group.weight for key, group in self.members().items()}

    @property
    def estimated(self) -> dict[str, Fraction]:
        """The cases that estimates are made of, with their weights: all but the joint work."""
        return {key: weight for key, weight in self.drawn.items() if key not in self.joint}


def replace_case(frame: Frame, sample: Sample, *, out: str, reason: str) -> Sample:
    """The sample with one case replaced by the next reserve of its group; every other case stays where it is.

    The next is the first reserve that has the same represented traits; where none is left, the first of all. A case
    that went out never comes in again. What was named as joint work is no longer, once it is out.

    SampleRefused without a reason, for a case that is not in the sample, or where no reserve is left.
    """
    _refuse_another(frame, sample.draw)
    if not reason.strip():
        raise SampleRefused(f"Say why case {out} is replaced: whoever checks the sample has to be able to judge it.")
    group = _group_of(sample, out)
    used = {each.into for each in sample.replacements}
    left = [key for key in group.reserves if key not in used]
    if not left:
        raise SampleRefused(
            f"No reserve is left for case {out}: all {group.size} cases of {group.stratum}, {group.name}, are used. "
            "Leave the case in and answer what can be answered."
        )
    traits = {case.key: [case.traits[trait] for trait in sample.draw.rules.represent] for case in frame.cases}
    into = next((key for key in left if traits[key] == traits[out]), left[0])
    return replace(
        sample,
        replacements=(*sample.replacements, Replacement(out, into, reason.strip())),
        joint=sample.joint - {out},
    )


def name_joint_work(sample: Sample, *, stratum: str, keys: Sequence[str]) -> Sample:
    """The sample with these cases of one stratum named as joint work, instead of any that it named before.

    SampleRefused for more than the rules allow, or a case that is not in the stratum's sample.
    """
    most = sample.draw.rules.joint_work_at_most
    if len(set(keys)) > most:
        raise SampleRefused(f"{stratum} named {len(set(keys))} cases as joint work; up to {most} may be named.")
    members: Mapping[str, Group] = sample.members()
    for key in keys:
        if _group_of(sample, key).stratum != stratum:
            raise SampleRefused(f"Case {key} is of {members[key].stratum}, not of {stratum}.")
    kept = {key for key in sample.joint if members[key].stratum != stratum}
    return replace(sample, joint=frozenset({*kept, *keys}))


def _group_of(sample: Sample, key: str) -> Group:
    members = sample.members()
    if key not in members:
        raise SampleRefused(f"Case {key} is not in the sample. Choose one that is.")
    return members[key]
