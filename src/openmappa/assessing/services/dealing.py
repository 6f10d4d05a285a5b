"""Dealing cases out to inspectors by lot, some of them to two; giving one to somebody else."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.assessing.errors import NotAssessed, NotYours
from openmappa.assessing.models import Assessment, Dealing
from openmappa.assessing.queries.assessments import sampled
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.inspection.twice import dealt, drawn_twice
from openmappa.notices.services import tell
from openmappa.samples.models import Exercise, ExerciseMember
from openmappa.samples.queries import leads

KIND = "inspection"
NOT_LEADING = "Whoever leads this inspection does that, while it is open."


def deal_cases(*, by: User, exercise: Exercise, seed: str, percent: int, people: Sequence[User], link: str) -> Dealing:
    """Give every case of the sample to somebody who works on it, a share of them to two; everybody is told.

    By lot from the seed, as evenly as can be; once for an exercise. Raises NotAllowed, NotYours, NotAssessed.
    """
    _require_leading(by, exercise)
    if not seed.strip():
        raise NotAssessed({"seed": "Enter the seed: any words, said before you deal"})
    with transaction.atomic():
        row = _locked(exercise)
        if Dealing.objects.filter(exercise=row).exists():
            raise NotAssessed({"": "The cases are dealt out. Give single ones to somebody else instead."})
        there = sampled(row)
        if there is None:
            raise NotAssessed({"": "There is no sample yet. Draw it first."})
        _refuse_who_does_not_work_on_it(row, people)
        try:
            twice = drawn_twice(there.keys, seed=seed.strip(), percent=percent)
            given = dealt(there.keys, [person.pk for person in people], seed=seed.strip(), twice=twice)
        except ValueError as refused:
            raise NotAssessed({"people": str(refused)}) from refused
        now = timezone.now()
        lot = {"seed": seed.strip(), "percent": percent, "keys": list(there.keys), "twice": list(twice)}
        made = Dealing.objects.create(
            exercise=row, people=sorted(person.pk for person in people), dealt_by=by, dealt_at=now, **lot
        )
        Assessment.objects.bulk_create(
            Assessment(
                exercise=row,
                case_key=key,
                place=place,
                blind=key in twice,
                inspector_id=person,
                given_by=by,
                given_at=now,
            )
            for key, chosen in given.items()
            for place, person in enumerate(chosen, 1)
        )
        about = {"exercise": str(row.key), "seed": made.seed, "percent": percent, "cases": len(given)}
        log(by=by, verb="deal out inspected cases", about=about)
        tell(
            people=[each for each in people if each.pk != by.pk],
            kind=KIND,
            words="Cases are yours to assess.",
            link=link,
        )
        return made


def give_case(*, by: User, exercise: Exercise, case_key: str, place: int, person: User, link: str) -> Assessment:
    """Give a case to somebody: a reserve that came in, or one that another has and has not signed.

    What the other had answered stays with them and counts for nothing. Raises NotAllowed, NotYours, NotAssessed.
    """
    _require_leading(by, exercise)
    with transaction.atomic():
        row = _locked(exercise)
        there = sampled(row)
        if there is None or case_key not in there.keys:
            raise NotAssessed({"": "This case is not in the sample any more."})
        _refuse_who_does_not_work_on_it(row, [person])
        standing = Assessment.objects.standing().filter(exercise=row, case_key=case_key)
        if standing.exclude(place=place).filter(inspector=person).exists():
            raise NotAssessed({"person": f"{person.full_name} has this case already: two different people assess it"})
        if place not in (1, 2) or (place == 2 and case_key not in there.twice):
            raise NotAssessed({"": "One person assesses this case."})
        now = timezone.now()
        before = standing.select_for_update(of=("self",)).filter(place=place).first()
        if before is not None and before.is_signed:
            raise NotAssessed({"": "This assessment is signed. It stays with whoever signed it."})
        if before is not None:
            before.withdrawn_by, before.withdrawn_at = by, now
            before.save(update_fields=["withdrawn_by", "withdrawn_at"])
        made = Assessment.objects.create(
            exercise=row,
            case_key=case_key,
            place=place,
            blind=case_key in there.twice,
            inspector=person,
            given_by=by,
            given_at=now,
        )
        about = {"exercise": str(row.key), "case": case_key, "person": person.pk}
        log(by=by, verb="give inspected case", about=about)
        if person.pk != by.pk:
            tell(people=[person], kind=KIND, words="A case is yours to assess.", link=link)
        return made


def _require_leading(by: User, exercise: Exercise) -> None:
    require(by, Permission.READ_RECORD)
    if not (exercise.is_open and leads(by, exercise)):
        raise NotYours(NOT_LEADING)


def _locked(exercise: Exercise) -> Exercise:
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if not row.is_open:
        raise NotAssessed({"": "This has ended. Nothing of it can be changed any more."})
    return row


def _refuse_who_does_not_work_on_it(exercise: Exercise, people: Sequence[User]) -> None:
    members = ExerciseMember.objects.in_force().filter(exercise=exercise).values_list("person_id", flat=True)
    if not people or not {person.pk for person in people} <= set(members):
        raise NotAssessed({"people": "Choose among those who work on this inspection"})
