"""Made-up areas with cases, and exercises with lists and samples, for the tests of samples."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case, Person
from openmappa.core.access import Role
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Strata, Whom
from openmappa.core.involvement import InvolvementKind
from openmappa.samples.models import (
    CaseList,
    DrawnSample,
    Exercise,
    ExerciseMember,
    Gift,
    JointWork,
    ListedCase,
    ListedLink,
    Replacement,
    SampledCase,
)
from openmappa.samples.services.drawing import draw_cases, list_cases
from openmappa.samples.services.exercises import begin_exercise
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, give, make_area, make_case, make_person

SEED = "rain on Tuesday"
SEED_FROM = "The weather of the day before, as said in the letter of 1 May"


def put(case: Case, kind: str, on: date, *, known: date | None = None, **details: object) -> Fact:
    """A fact written down on a day, without its duties: faster than recording it."""
    return Fact.objects.create(case=case, kind=kind, on=on, details=details, recorded_on=known or on)


def managed_case(area: Area | None = None, *, level: int | None = None, sex: str = "male", **staff: User) -> Case:
    """A case registered a hundred days ago, at a MAPPA level if one is given."""
    case = make_case(area, **staff)
    Person.objects.filter(pk=case.person_id).update(sex=sex)
    put(case, "registered", ago(100))
    if level:
        put(case, "mappa_level_set", ago(90), level=level, category=1)
    return case


def managed_cases(number: int, area: Area | None = None) -> list[Case]:
    """So many cases: every third in MAPPA, every fifth a woman's."""
    return [
        managed_case(area, level=2 if each % 3 == 0 else None, sex="female" if each % 5 == 0 else "male")
        for each in range(number)
    ]


def inspector() -> User:
    """Somebody of an inspectorate, of no area."""
    found = make_person(Role.INSPECTOR)
    found.area = found.unit = None
    found.save()
    return found


def begun(
    by: User, *areas: Area, on: date | None = None, purpose: InvolvementKind = InvolvementKind.INSPECTION
) -> Exercise:
    """An exercise that somebody has begun."""
    with as_person(by):
        return begin_exercise(by=by, purpose=purpose, on=on or ago(1), areas=areas or [make_area()])


def listed(by: User, exercise: Exercise, whom: Whom = Whom.MANAGED, strata: Strata = Strata.AREA) -> CaseList:
    """Its list."""
    with as_person(by):
        return list_cases(by=by, exercise=exercise, whom=whom, strata=strata)


def drawn(by: User, exercise: Exercise, size: int = 4, **rules: object) -> DrawnSample:
    """Its list, and a sample of it."""
    listed(by, exercise)
    with as_person(by):
        return draw_cases(by=by, exercise=exercise, seed=SEED, seed_from=SEED_FROM, rules=Rules(size, **rules))  # type: ignore[arg-type]


# ---- rows by themselves, as the constraints are broken with


def exercise_row(by: User, **changed: object) -> Exercise:
    plain = {"purpose": "inspection", "on": ago(1), "opened_by": by, "opened_at": timezone.now()}
    return Exercise.objects.create(**(plain | changed))


def member_row(by: User, exercise: Exercise | None = None, **changed: object) -> ExerciseMember:
    plain = {"person": by, "leads": True, "added_by": by, "from_at": timezone.now()}
    return ExerciseMember.objects.create(exercise=exercise or exercise_row(by), **(plain | changed))


def list_row(by: User, exercise: Exercise | None = None, **changed: object) -> CaseList:
    plain = {"whom": "managed", "strata": "area", "made_by": by, "made_at": timezone.now()}
    return CaseList.objects.create(exercise=exercise or exercise_row(by), **(plain | changed))


def sample_row(by: User, exercise: Exercise | None = None, **changed: object) -> DrawnSample:
    exercise = exercise or exercise_row(by)
    plain = {"seed": SEED, "seed_from": SEED_FROM, "rules": {}, "groups": [], "drawn_by": by}
    more = {"drawn_at": timezone.now(), "case_list": list_row(by, exercise)}
    return DrawnSample.objects.create(exercise=exercise, **(plain | more | changed))


def replacement_row(by: User, sample: DrawnSample | None = None, **changed: object) -> Replacement:
    plain = {"out_key": "a", "into_key": "b", "ground": "linked", "replaced_by": by, "replaced_at": timezone.now()}
    return Replacement.objects.create(sample=sample or sample_row(by), **(plain | changed))


def joint_row(by: User, sample: DrawnSample | None = None, **changed: object) -> JointWork:
    plain = {"key": "a", "stratum": "Northshire", "named_by": by, "named_at": timezone.now()}
    return JointWork.objects.create(sample=sample or sample_row(by), **(plain | changed))


def listed_row(by: User, case_list: CaseList | None = None, **changed: object) -> ListedCase:
    plain = {"key": "a", "stratum": "Northshire", "traits": {}}
    return ListedCase.objects.create(case_list=case_list or list_row(by), **(plain | changed))


def seen_by(person: User, cases: Iterable[Case]) -> set[int]:
    """The numbers of those of these cases that this person sees now."""
    numbers = [case.pk for case in cases]
    with as_person(User.objects.get(pk=person.pk)):
        return set(Case.objects.filter(pk__in=numbers).visible_to(person).values_list("pk", flat=True))


def sampled_row(case: Case, by: User, sample: DrawnSample | None = None, **changed: object) -> SampledCase:
    plain = {"key": "a", "case": case, "from_at": timezone.now()}
    return SampledCase.objects.create(sample=sample or sample_row(by), **(plain | changed))


def gift_row(sampled: SampledCase, member: ExerciseMember) -> Gift:
    given = give(sampled.case, InvolvementKind.INSPECTION, person=member.person)
    return Gift.objects.create(sampled=sampled, member=member, involvement=given)


def everything_of_a_sample(case: Case, by: User, secret: str) -> SampledCase:
    """A case that was listed, drawn, opened and replaced, in words that are about it."""
    sample = sample_row(by)
    listed = listed_row(by, sample.case_list)
    ListedLink.objects.create(listed=listed, case=case)
    sampled = sampled_row(case, by, sample, left_words=secret)
    gift_row(sampled, member_row(by, sample.exercise))
    joint_row(by, sample)
    replacement_row(by, sample)
    return sampled
