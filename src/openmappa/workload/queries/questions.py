"""Questions that somebody may read, and the names of staff that they may see in an answer."""

import uuid
from collections.abc import Iterable

from openmappa.accounts.models import User
from openmappa.accounts.queries import areas_for
from openmappa.cases.models import reach_of
from openmappa.core.access import Permission
from openmappa.core.workload.digest import Json
from openmappa.workload.models import Question

MOST_LISTED = 100


def questions_for(user: User) -> list[Question]:
    """Every question that this person may read, the newest first. Two queries."""
    return list(Question.objects.seen_in(areas_for(user), user)[:MOST_LISTED])


def question_for(user: User, key: uuid.UUID) -> Question | None:
    """One of them, with its answer."""
    return Question.objects.seen_in(areas_for(user), user).defer(None).filter(key=key).first()


def names_in(user: User, answer: Json) -> dict[str, str]:
    """The people in an answer whom this person may see by name, by the number that stands for them.

    Who opens no cases sees no name. A coordinator sees those of the area; a line manager those of the units and people
    that they answer for. One query, and those of ``reach_of``.
    """
    if not user.may(Permission.FIND_CASE):
        return {}
    reach = reach_of(user)
    people = User.objects.filter(pk__in=[int(one) for one in people_in(answer)])
    return {
        str(person.pk): person.full_name
        for person in people
        if person.pk in reach.people or person.unit_id in reach.units or person.area_id in reach.areas
    }


def people_in(answer: Json) -> Iterable[str]:
    """The numbers of everybody who has work in an answer."""
    return {load[2] for plan in answer["plans"] for load in plan["loads"]["officer"] if load[2]}
