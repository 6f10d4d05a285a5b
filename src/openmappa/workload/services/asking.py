"""Asking a what-if question, which a job then works out; and taking one's own away."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.workload.errors import NotAsked
from openmappa.workload.models import LONGEST_TITLE, Question
from openmappa.workload.queries.drafts import NAMES, checked

MONTHS = 12
MOST_WAITING = 3
"""How many of one person's questions may wait at a time: each goes through every case."""


def ask(
    *,
    by: User,
    area: Area | None,
    title: str,
    drafts: Sequence[str],
    minutes: Mapping[str, int],
    hours: Mapping[str, int],
) -> Question:
    """Keep a question over an area (None: every area, for those who see them all), as the record stands today.

    Raises NotAllowed (the role), PermissionDenied (an area whose figures they do not see), and NotAsked with all that
    is wrong with the drafts and times.
    """
    require(by, Permission.VIEW_FIGURES)
    areas = areas_for(by)
    if not areas or (by.area_id is not None if area is None else area not in areas):
        raise PermissionDenied("You do not see the figures of that area, so you cannot ask about it.")
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise NotAsked({"title": f"Name the question, in {LONGEST_TITLE} characters or fewer"})
    if not 1 <= len(drafts) <= len(NAMES):
        raise NotAsked({"": "Write one draft, or two to stand side by side"})
    today = timezone.localdate()
    _, problems = checked(drafts, minutes, hours, on=today, months=MONTHS)
    if problems:
        raise NotAsked({"": " ".join(sentence for _, sentence in problems)})
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        if Question.objects.waiting().filter(asked_by=by).count() >= MOST_WAITING:
            raise NotAsked({"": f"{MOST_WAITING} of your questions are waiting already. Look again in a few minutes"})
        row = Question.objects.create(
            title=title,
            area=area,
            on=today,
            months=MONTHS,
            drafts=list(drafts),
            minutes=dict(minutes),
            hours=dict(hours),
            asked_by=by,
            asked_at=timezone.now(),
        )
        log(by=by, verb="ask what if", about={"question": str(row.key), "area": area.code if area else "all"})
        return row


def take_away(*, by: User, question: Question) -> None:
    """Delete one's own question with its answer. Raises NotAllowed; PermissionDenied for somebody else's."""
    require(by, Permission.VIEW_FIGURES)
    if question.asked_by_id != by.pk:
        raise PermissionDenied("Only the person who asked a question deletes it. It goes by itself after 90 days.")
    with transaction.atomic():
        log(by=by, verb="delete what if", about={"question": str(question.key)})
        Question.objects.filter(pk=question.pk).delete()
