"""What pages show of a list and a sample: spread by area and trait, precision beforehand, each case of the sample."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.inspection.frame import Frame
from openmappa.core.inspection.precision import EXPECTED, Part, Promise, promise, smallest_difference
from openmappa.core.inspection.sample import Planned, Rules, Sample, plan
from openmappa.core.inspection.traits import Trait, value_label
from openmappa.inspections.models import Inspection
from openmappa.inspections.queries.inspections import sampled_cases
from openmappa.samples import queries as samples
from openmappa.samples.models import CaseList, DrawnSample, Replacement

SHOWN = (Trait.MAPPA, Trait.LEVEL, Trait.ETHNICITY, Trait.SEX, Trait.LICENCE, Trait.HIGH_HARM, Trait.CHILD_PROTECTION)
"""The traits by which a list and a sample are shown."""
FROM = 0.5
"""The proportion from which a difference is looked for on the page: the hardest to see."""


@dataclass(frozen=True)
class Spread:
    """How many cases of the list, and of the sample, have one value of a trait; ``listed_of`` and so on are of all."""

    trait: str
    value: str
    listed: int
    listed_of: int
    drawn: int
    drawn_of: int

    @property
    def listed_percent(self) -> int:
        """Of the list, in per cent."""
        return round(100 * self.listed / self.listed_of) if self.listed_of else 0

    @property
    def drawn_percent(self) -> int:
        """Of the sample, in per cent."""
        return round(100 * self.drawn / self.drawn_of) if self.drawn_of else 0


Kinds = Sequence[tuple[str, Mapping[str, str], int]]
"""Areas, traits, and how many cases of that area have these."""


def spread(listed: Kinds, drawn: Sequence[Mapping[str, str]]) -> list[Spread]:
    """Each value of each trait shown, in the list and in the sample, the most frequent first."""
    found, listed_of = [], sum(many for _, _, many in listed)
    for trait in SHOWN:
        there, taken = Counter[str](), Counter(each[trait] for each in drawn)
        for _, traits, many in listed:
            there[traits[trait]] += many
        found += [
            Spread(trait.label, value_label(trait, value), there[value], listed_of, taken[value], len(drawn))
            for value in sorted(there, key=lambda value: (-there[value], value))
        ]
    return found


@dataclass(frozen=True)
class ListPage:
    """A list as its page shows it: how many cases of each area, and how traits are spread."""

    case_list: CaseList
    sizes: Mapping[str, int]
    spread: Sequence[Spread]


def list_page(case_list: CaseList) -> ListPage:
    """A list as its page shows it. One query."""
    kinds, sizes = samples.kinds_listed(case_list), Counter[str]()
    for area, _, many in kinds:
        sizes[area] += many
    return ListPage(case_list, sizes, spread(kinds, []))


def values_of(frame: Frame) -> dict[str, list[str]]:
    """The values that each trait has in a list, in alphabetical order."""
    return {trait: sorted({case.traits[trait] for case in frame.cases}) for trait in frame.traits}


@dataclass(frozen=True)
class Line:
    """What one area, or all together, will be able to say."""

    name: str
    promise: Promise

    @property
    def points(self) -> list[int]:
        """Give or take so many points, for each proportion expected."""
        return [round(100 * half) for half in self.promise.half_widths.values()]


@dataclass(frozen=True)
class Outlook:
    """What a size buys, told before anything is drawn (``core.inspection.precision``)."""

    areas: Sequence[Line]
    together: Line
    between_areas: str
    to_another: str
    groups: Sequence[Planned]
    expected: Sequence[int]


def outlook(frame: Frame, rules: Rules) -> Outlook:
    """What these rules will buy from this list. Raises SampleRefused where they cannot be kept."""
    groups = plan(frame, rules)
    by_area: dict[str, list[Part]] = {}
    for group in groups:
        by_area.setdefault(group.stratum, []).append(group.part)
    lines = [Line(name, promise(parts)) for name, parts in by_area.items()]
    together = Line("All areas", promise([group.part for group in groups]))
    two = sorted(lines, key=lambda line: line.promise.effective)[:2]
    return Outlook(
        areas=lines,
        together=together,
        between_areas=_seen(two[0].promise, two[1].promise) if len(two) > 1 else "",
        to_another=_seen(together.promise, together.promise),
        groups=groups if len(groups) > len(lines) else (),
        expected=[round(100 * each) for each in EXPECTED],
    )


def _seen(one: Promise, other: Promise) -> str:
    """Which difference would be found at all, in words."""
    if isinf(one.effective) and isinf(other.effective):
        return "every difference is seen, because every case is drawn"
    seen = smallest_difference(FROM, one.effective, other.effective)
    low = f"{round(100 * seen.below)}% or less" if seen.below is not None else ""
    high = f"{round(100 * seen.above)}% or more" if seen.above is not None else ""
    if not (low or high):
        return "no difference could be seen at all"
    said = " or ".join(each for each in (low, high) if each)
    return f"where one has {round(100 * FROM)}%, the other has to have {said}"


@dataclass(frozen=True)
class SampleLine:
    """One case of a sample; ``case`` is None where the reader cannot open it."""

    key: str
    case: Case | None
    traits: Mapping[str, str]
    joint: bool
    came_for: str

    @property
    def said(self) -> str:
        """Its traits in words, the most important first."""
        level = value_label(Trait.LEVEL, self.traits[Trait.LEVEL]) if self.traits[Trait.LEVEL] != "none" else "No level"
        first = [level, *(value_label(trait, self.traits[trait]) for trait in (Trait.ETHNICITY, Trait.SEX))]
        more = (Trait.LICENCE, Trait.HIGH_HARM, Trait.CHILD_PROTECTION)
        return ", ".join([*first, *(trait.label for trait in more if self.traits[trait] == "yes")])


@dataclass(frozen=True)
class SamplePage:
    """A sample as its page shows it."""

    drawn: DrawnSample
    sample: Sample
    areas: Mapping[str, Sequence[SampleLine]]
    spread: Sequence[Spread]
    replacements: Sequence[Replacement]

    @property
    def closed(self) -> int:
        """How many of its cases the reader cannot open."""
        return sum(line.case is None for lines in self.areas.values() for line in lines)

    @property
    def cases(self) -> list[int]:
        """The numbers of the cases shown."""
        return [line.case.pk for lines in self.areas.values() for line in lines if line.case]

    @property
    def represented(self) -> list[str]:
        """What it represents, in words, the most important first."""
        return [Trait(trait).label for trait in samples.rules_of(self.drawn).represent]


def sample_page(inspection: Inspection, drawn: DrawnSample) -> SamplePage:
    """A sample as its page shows it. Eight queries."""
    sample, traits = samples.sample_of(drawn), samples.traits_in(drawn)
    open_to_reader = {row.key: row.case for row in sampled_cases(inspection)}
    came = {each.into: each.out for each in sample.replacements}
    areas: dict[str, list[SampleLine]] = {}
    for key, group in sorted(sample.members().items()):
        line = SampleLine(key, open_to_reader.get(key), traits[key], key in sample.joint, came.get(key, ""))
        areas.setdefault(group.stratum, []).append(line)
    in_sample = [line.traits for lines in areas.values() for line in lines]
    return SamplePage(
        drawn,
        sample,
        areas,
        spread(samples.kinds_listed(drawn.case_list), in_sample),
        list(samples.replacements_of(drawn)),
    )


def cases_of_area(user: User, inspection: Inspection, drawn: DrawnSample, stratum: str) -> list[tuple[str, Case]]:
    """The cases of one area in the sample that the reader can open, by key."""
    members = samples.sample_of(drawn).members()
    rows = sampled_cases(inspection).filter(case__in=Case.objects.visible_to(user))
    return [(row.key, row.case) for row in rows if row.key in members and members[row.key].stratum == stratum]
