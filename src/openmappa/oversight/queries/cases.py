"""From what somebody asks for to the case it means, without reading anything of the case."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case, CaseQuerySet, Squeezed, reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.names import squeezed

UNSEEN = "A case you cannot open"


@dataclass(frozen=True)
class Subject:
    """A case as the log's pages speak of it: by its reference, never by a name."""

    pk: int
    key: uuid.UUID
    reference: str
    source: str


def case_of_key(key: uuid.UUID) -> int | None:
    """The case with this key, seen or not: for the log alone, never to be shown. One look into an index."""
    rows = Case.objects.raw("SELECT oversight_case_of(%s) AS id", [key])
    return next((row.pk for row in rows), None)


def seen_case_of_key(key: uuid.UUID) -> int | None:
    """The case with this key if row-level security shows it to whoever is stated. One look into an index."""
    return Case.objects.filter(key=key).values_list("pk", flat=True).first()


def subject_of_key(user: User, key: uuid.UUID) -> Subject | None:
    """The case about whose readers this person may ask, by its key."""
    return next(iter(_subjects(user, key=str(key))), None)


def subjects_called(user: User, asked: str) -> list[Subject]:
    """The cases with this reference or key about whose readers this person may ask; several where sources overlap."""
    try:
        return _subjects(user, key=str(uuid.UUID(asked.strip())))
    except ValueError:
        return _subjects(user, reference=squeezed(asked)) if squeezed(asked) else []


def references(user: User, case_ids: Collection[int]) -> Mapping[int, Subject]:
    """The cases of a page of the log by their references, as far as this person may know them. One query."""
    if user.role == Role.AUDITOR:
        return {subject.pk: subject for subject in _asked(ids=list(case_ids))}
    return {subject.pk: subject for subject in _from_cases(Case.objects.visible_to(user).filter(pk__in=case_ids))}


def _subjects(user: User, *, key: str | None = None, reference: str = "") -> list[Subject]:
    if user.may(Permission.READ_AUDIT):
        return _asked(key=key, reference=reference)
    if not user.may(Permission.SEE_WHO_LOOKED):
        return []
    answered_for = cases_answered_for(user)
    found = (
        answered_for.filter(key=key)
        if key
        else answered_for.alias(number=Squeezed("reference")).filter(number=reference)
    )
    return _from_cases(found)


def cases_answered_for(user: User) -> CaseQuerySet:
    """The cases for which this line manager's units and people are responsible, as far as they see them."""
    reach = reach_of(user)
    return Case.objects.visible_to(user).filter(
        Q(police_unit_id__in=reach.units)
        | Q(probation_unit_id__in=reach.units)
        | Q(police_officer_id__in=reach.people)
        | Q(case_manager_id__in=reach.people)
    )


def _from_cases(cases: CaseQuerySet) -> list[Subject]:
    return [Subject(*row) for row in cases.order_by("pk").values_list("pk", "key", "reference", "source")[:50]]


def _asked(*, key: str | None = None, reference: str = "", ids: list[int] | None = None) -> list[Subject]:
    """What the database tells an auditor of cases that they do not see: reference and key, and nothing else."""
    rows = Case.objects.raw(
        "SELECT id, key, reference, source FROM oversight_cases(%s, %s, %s::bigint[])", [key, reference, ids or []]
    )
    return [Subject(row.pk, row.key, row.reference, row.source) for row in rows]
