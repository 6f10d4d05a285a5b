"""Lists, draws and samples as the core takes them, from the rows that are kept; and who works on an exercise.

Cost: a sample is one row and its replacements, so a page about it costs the same for any list. Only making a draw
again, comparing with the list, and replacing a case read the whole list.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from openmappa.accounts.models import Area, User
from openmappa.core.inspection.frame import Frame, FrameCase
from openmappa.core.inspection.framework import CaseKind
from openmappa.core.inspection.sample import Draw, Replacement, Rules, Sample, draw_again
from openmappa.core.inspection.stored import draw_from_json, rules_from_json
from openmappa.core.inspection.traits import kind_of
from openmappa.samples.models import (
    CaseList,
    DrawnSample,
    Exercise,
    ExerciseMember,
    Ground,
    JointWork,
    ListedCase,
    MemberQuerySet,
    SampledCase,
)
from openmappa.samples.models import Replacement as ReplacementRow


def areas_of(exercise: Exercise) -> list[Area]:
    """The areas that it looks at, by name. One query."""
    return list(Area.objects.filter(pk__in=exercise.in_areas.values("area")).order_by("name"))


def members_of(exercise: Exercise) -> MemberQuerySet:
    """Everybody who works or worked on it, whoever leads first, with who they are."""
    return ExerciseMember.objects.filter(exercise=exercise).select_related("person__agency", "added_by", "removed_by")


def works_on(user: User, exercise: Exercise) -> bool:
    """Whether this person works on it now. One query."""
    return ExerciseMember.objects.in_force().filter(exercise=exercise, person=user).exists()


def leads(user: User, exercise: Exercise) -> bool:
    """Whether this person leads it now. One query."""
    return ExerciseMember.objects.in_force().filter(exercise=exercise, person=user, leads=True).exists()


def last_list(exercise: Exercise) -> CaseList | None:
    """The list that counts: the last that was made. One query."""
    return CaseList.objects.filter(exercise=exercise).select_related("made_by").order_by("pk").last()


def frame_of(case_list: CaseList) -> Frame:
    """A list as the core takes it. Raises SampleRefused where it is empty. Reads the whole list: two queries."""
    written = Cast("traits", TextField())
    rows = ListedCase.objects.filter(case_list=case_list).values_list("key", "stratum", written)
    on = Exercise.objects.values_list("on", flat=True).get(pk=case_list.exercise_id)
    read: dict[str, Mapping[str, str]] = {}  # a hundred thousand cases have some hundred kinds of traits
    cases = []
    for key, stratum, text in rows:
        if text not in read:
            read[text] = json.loads(text)
        cases.append(FrameCase(key, stratum, read[text]))
    return Frame(on, tuple(cases))


def kinds_listed(case_list: CaseList) -> list[tuple[str, Mapping[str, str], int]]:
    """How many cases of a list there are of each kind: the area, the traits, the number. One query, counted there."""
    rows = ListedCase.objects.filter(case_list=case_list).values("stratum", "traits").annotate(many=Count("pk"))
    return [(row["stratum"], row["traits"], row["many"]) for row in rows.order_by("stratum")]


def drawn_of(exercise: Exercise) -> DrawnSample | None:
    """The draw of an exercise; None while nothing is drawn. One query."""
    rows = DrawnSample.objects.filter(exercise=exercise)
    return rows.select_related("exercise", "case_list", "drawn_by").first()


def rules_of(drawn: DrawnSample) -> Rules:
    """The rules by which a sample was drawn."""
    return rules_from_json(drawn.rules)


def draw_of(drawn: DrawnSample) -> Draw:
    """A draw as the core takes it, as it was stored: nothing is drawn again."""
    return draw_from_json(
        seed=drawn.seed,
        rules=drawn.rules,
        frame_on=drawn.exercise.on,
        frame_digest=drawn.case_list.digest,
        groups=drawn.groups,
    )


def sample_of(drawn: DrawnSample) -> Sample:
    """A sample as the core takes it: the draw, its replacements in order, and the joint work. Two queries.

    Its cases are named by key; ``sampled_cases`` says which cases these are.
    """
    rows = ReplacementRow.objects.filter(sample=drawn).order_by("pk").values_list("out_key", "into_key", "ground")
    joint = JointWork.objects.filter(sample=drawn).values_list("key", flat=True)
    replacements = tuple(Replacement(out, into, Ground(ground).label) for out, into, ground in rows)
    return Sample(draw_of(drawn), replacements, frozenset(joint))


def replacements_of(drawn: DrawnSample) -> QuerySet[ReplacementRow]:
    """The replacements in the order they were made, with who made them."""
    return ReplacementRow.objects.filter(sample=drawn).select_related("replaced_by").order_by("pk")


def sampled_cases(drawn: DrawnSample) -> QuerySet[SampledCase]:
    """The cases that are in a sample now and that the reader can open, with their people, by key. One query.

    A drawn case that is restricted, or was disposed of, is in the sample (``sample_of``) and not here.
    """
    people = ("case__person", "case__area", "case__case_manager", "case__police_officer")
    return SampledCase.objects.filter(sample=drawn, left_at__isnull=True).select_related(*people)


def traits_in(drawn: DrawnSample) -> dict[str, Mapping[str, str]]:
    """The traits, as known on the day, of every case that is or was in a sample, by key. Three queries."""
    sample = sample_of(drawn)
    keys = {*sample.draw.keys, *(each.into for each in sample.replacements)}
    rows = ListedCase.objects.filter(case_list_id=drawn.case_list_id, key__in=keys).values_list("key", "traits")
    return dict(rows)


def kinds_in(drawn: DrawnSample) -> dict[str, CaseKind]:
    """What decides which questions each case that is or was in a sample is asked, by key. Three queries."""
    return {key: kind_of(traits) for key, traits in traits_in(drawn).items()}


@dataclass(frozen=True)
class DrawnAgain:
    """What came of drawing again: whether it is the same, and the keys that only one of the two draws has."""

    is_true: bool
    missing: tuple[str, ...]
    added: tuple[str, ...]


def drawn_again(drawn: DrawnSample) -> DrawnAgain:
    """Draw again by the stored list, seed and rules, and compare. Raises SampleRefused where the list was changed."""
    made = draw_of(drawn)
    again = draw_again(frame_of(drawn.case_list), made)
    before, after = set(made.keys), set(again.keys)
    return DrawnAgain(again == made, tuple(sorted(before - after)), tuple(sorted(after - before)))


@dataclass(frozen=True)
class TraitCount:
    """How many cases of a list, and of its sample, have one value of a trait, in one stratum or in all."""

    value: str
    listed: int
    drawn: int


def trait_counts(listed: Mapping[str, Any], in_sample: Mapping[str, Any], trait: str) -> list[TraitCount]:
    """How a trait is spread over the list and over the sample; ``listed`` and ``in_sample`` are traits by key."""
    there = Counter(str(traits[trait]) for traits in listed.values())
    taken = Counter(str(traits[trait]) for traits in in_sample.values())
    return [TraitCount(value, there[value], taken[value]) for value in sorted(there, key=lambda each: -there[each])]
