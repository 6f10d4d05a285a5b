"""Beginning an exercise, letting people work on it, ending it. Whoever calls has asked for the permission, and logs."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.core.involvement import GIVEN_TO, InvolvementKind
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import DrawnSample, Exercise, ExerciseArea, ExerciseMember
from openmappa.samples.services.opening import open_cases


def begin_exercise(*, by: User, purpose: InvolvementKind, on: date, areas: Iterable[Area]) -> Exercise:
    """Begin an inspection or audit of some areas, which ``by`` leads. Raises NotDrawn for a day to come, or no area."""
    chosen = list(areas)
    problems = {}
    if on > timezone.localdate():
        problems["on"] = "The day whose record is read must be today or in the past"
    if not chosen:
        problems["areas"] = "Select at least one area"
    if problems:
        raise NotDrawn(problems)
    with transaction.atomic():
        exercise = Exercise.objects.create(purpose=purpose, on=on, opened_by=by, opened_at=timezone.now())
        ExerciseArea.objects.bulk_create([ExerciseArea(exercise=exercise, area=area) for area in chosen])
        let_work(by=by, exercise=exercise, person=by, leads=True)
        return exercise


def let_work(*, by: User, exercise: Exercise, person: User, leads: bool = False) -> ExerciseMember:
    """Let somebody work on it: what was drawn opens to them at once. Raises NotDrawn."""
    kinds = {InvolvementKind(exercise.purpose), InvolvementKind.AUDIT}
    if not person.is_active or not any(person.role in GIVEN_TO[kind] for kind in kinds):
        raise NotDrawn({"person": f"{person.full_name} cannot be given cases for this. Choose somebody else"})
    with transaction.atomic():
        _lock(exercise)
        if ExerciseMember.objects.in_force().filter(exercise=exercise, person=person).exists():
            raise NotDrawn({"person": f"{person.full_name} works on this already"})
        member = ExerciseMember.objects.create(
            exercise=exercise, person=person, leads=leads, added_by=by, from_at=timezone.now()
        )
        _open_anew(by, exercise)
        return member


def let_lead(*, by: User, member: ExerciseMember) -> ExerciseMember:
    """Let somebody who works on it lead it too. Raises NotDrawn."""
    with transaction.atomic():
        _lock(member.exercise)
        row = ExerciseMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if row.until_at is not None or row.leads:
            raise NotDrawn({"": "They lead this already, or do not work on it any more."})
        row.leads = True
        row.save(update_fields=["leads"])
        return row


def let_go(*, by: User, member: ExerciseMember) -> ExerciseMember:
    """End somebody's work on it: what they were given for it closes at once. Raises NotDrawn.

    Somebody has to be left who leads it.
    """
    with transaction.atomic():
        exercise = _lock(member.exercise)
        row = ExerciseMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if row.until_at is not None:
            raise NotDrawn({"": "They do not work on this any more."})
        others = ExerciseMember.objects.in_force().filter(exercise=exercise, leads=True).exclude(pk=row.pk)
        if row.leads and not others.exists():
            raise NotDrawn({"": "Nobody would be left who leads this. Let somebody else lead it first."})
        drawn = DrawnSample.objects.filter(exercise=exercise).first()  # who takes themselves off sees it no more
        row.until_at, row.removed_by = timezone.now(), by
        row.save(update_fields=["until_at", "removed_by"])
        if drawn is not None:
            open_cases(by=by, drawn=drawn)
        return row


def end_exercise(*, by: User, exercise: Exercise) -> Exercise:
    """End it: everything that was given for it closes. Who worked on it keeps its list, draw and results.

    Raises NotDrawn where it has ended.
    """
    with transaction.atomic():
        row = _lock(exercise)
        row.ended_by, row.ended_at = by, timezone.now()
        row.save(update_fields=["ended_by", "ended_at"])
        _open_anew(by, row)
        return row


def _lock(exercise: Exercise) -> Exercise:
    """The exercise, locked until the transaction ends. Raises NotDrawn where it has ended."""
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if not row.is_open:
        raise NotDrawn({"": "This has ended. Nothing of it can be changed any more."})
    return row


def _open_anew(by: User, exercise: Exercise) -> None:
    drawn = DrawnSample.objects.filter(exercise=exercise).first()
    if drawn is not None:
        open_cases(by=by, drawn=drawn)
