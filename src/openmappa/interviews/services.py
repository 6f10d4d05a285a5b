"""Planning interviews, noting what is said, finishing them; themes and quotes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.interviews.errors import ChangedMeanwhile, NotInterviewed, SavedMeanwhile
from openmappa.interviews.models import Interview, InterviewNote, Quote, Theme, ThemeChange
from openmappa.interviews.queries import role_titles
from openmappa.samples.models import Exercise, ExerciseMember
from openmappa.samples.queries import areas_of, works_on

ENDED = "This inspection has ended. Nothing of its interviews can be changed any more."
CITED = (
    "A published report cites this theme as evidence. It keeps its name, and can be neither merged nor removed. "
    "What is written about it can be changed."
)
GONE = "This theme was merged into another or removed. It does not change any more."
FINISHED = "This interview is finished or was dropped. Its notes do not change any more."


@dataclass(frozen=True)
class Planned:
    """Whom an interview is with: by a role of the schedule, where and when, and who asks."""

    role: str
    whom: str
    area: Area | None
    on: date
    place: str
    asked_by: User | None


@dataclass(frozen=True)
class Seen:
    """What the page that sends a note had seen: the revision, the page's own token, how often it has sent."""

    revision: int = 0
    page: uuid.UUID | None = None
    turn: int = 0

    def is_behind(self, row: InterviewNote) -> bool:
        """Whether another window saved since. A page whose earlier sending arrived, its answer lost, is not behind."""
        own = self.page is not None and row.page == self.page and row.turn < self.turn
        return row.revision != self.revision and not own


def plan_interview(*, by: User, exercise: Exercise, said: Planned, submission: uuid.UUID | None = None) -> Interview:
    """Plan an interview. A form sent twice plans one. Raises NotAllowed, Http404, NotInterviewed."""
    require_working(by, exercise)
    problems = {}
    if said.role not in role_titles():
        problems["role"] = "Select a role of the schedule"
    if not said.whom.strip():
        problems["whom"] = "Enter who is asked"
    if said.area not in areas_of(exercise):
        problems["area"] = "Select an area of this inspection"
    members = ExerciseMember.objects.in_force().filter(exercise=exercise, person=said.asked_by)
    if said.asked_by is None or not members.exists():
        problems["asked_by"] = "Select somebody who works on this inspection"
    if problems:
        raise NotInterviewed(problems)
    assert said.area is not None
    assert said.asked_by is not None
    with transaction.atomic():
        if submission and (same := Interview.objects.filter(submission=submission).first()):
            return same
        held = _running(exercise)
        row = Interview.objects.create(
            submission=submission,
            exercise=held,
            role=said.role,
            whom=said.whom.strip(),
            area=said.area,
            on=said.on,
            place=said.place.strip(),
            asked_by=said.asked_by,
            planned_by=by,
            planned_at=timezone.now(),
        )
        _log(by, row, "plan interview")
        return row


def save_note(*, by: User, interview: Interview, question: str, words: str, seen: Seen) -> InterviewNote:
    """Save what was said to one question. Raises NotAllowed, Http404, NotInterviewed, SavedMeanwhile."""
    require_working(by, interview.exercise)
    with transaction.atomic():
        own = _open(interview)
        row = InterviewNote.objects.select_for_update(of=("self",)).filter(interview=own, question=question).first()
        if row is not None and seen.is_behind(row):
            raise SavedMeanwhile(row.pk)
        row = row or InterviewNote(interview=own, question=question, revision=0)
        row.words, row.saved_by, row.saved_at = words.strip(), by, timezone.now()
        row.revision, row.page, row.turn = row.revision + 1, seen.page, seen.turn
        row.save()
        _log(by, own, "note interview", question=question, revision=row.revision)
        return row


def finish_interview(*, by: User, interview: Interview) -> Interview:
    """Say that it was held: its notes never change again. Raises NotAllowed, Http404, NotInterviewed."""
    require_working(by, interview.exercise)
    with transaction.atomic():
        row = _open(interview)
        if not InterviewNote.objects.filter(interview=row).exclude(words="").exists():
            raise NotInterviewed({"": "Nothing is noted yet. Note what was said, or drop the interview."})
        row.finished_by, row.finished_at = by, timezone.now()
        row.save(update_fields=["finished_by", "finished_at"])
        _log(by, row, "finish interview")
        return row


def drop_interview(*, by: User, interview: Interview, because: str) -> Interview:
    """Say that it will not be held, and why. Raises NotAllowed, Http404, NotInterviewed."""
    require_working(by, interview.exercise)
    if not because.strip():
        raise NotInterviewed({"because": "Say why it is not held"})
    with transaction.atomic():
        row = _open(interview)
        row.dropped_by, row.dropped_at, row.dropped_because = by, timezone.now(), because.strip()
        row.save(update_fields=["dropped_by", "dropped_at", "dropped_because"])
        _log(by, row, "drop interview")
        return row


def add_theme(
    *, by: User, exercise: Exercise, title: str, words: str = "", submission: uuid.UUID | None = None
) -> Theme:
    """Add a theme. Raises NotAllowed, Http404, NotInterviewed."""
    require_working(by, exercise)
    if not title.strip():
        raise NotInterviewed({"title": "Say in a few words what comes back"})
    with transaction.atomic():
        if submission and (same := Theme.objects.filter(submission=submission).first()):
            return same
        held = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
        _refuse_same_title(held, title)
        row = Theme.objects.create(
            submission=submission,
            exercise=held,
            title=title.strip(),
            words=words.strip(),
            written_by=by,
            written_at=timezone.now(),
        )
        log(by=by, verb="add interview theme", about={"exercise": str(exercise.key), "theme": str(row.key)})
        return row


def change_theme(*, by: User, theme: Theme, title: str, words: str, because: str, seen: int | None) -> Theme:
    """Rename a theme, or describe it anew; what it was is kept, with the reason.

    One that a published report cites keeps its name. Raises NotAllowed, Http404, NotInterviewed, ChangedMeanwhile.
    """
    require_working(by, theme.exercise)
    problems = {}
    if not title.strip():
        problems["title"] = "Say in a few words what comes back"
    if not because.strip():
        problems["because"] = "Say why it is changed"
    if problems:
        raise NotInterviewed(problems)
    with transaction.atomic():
        row = _in_use(theme, seen)
        if title.strip() != row.title:
            if row.published_at:
                raise NotInterviewed({"title": CITED})
            _refuse_same_title(row.exercise, title)
        elif words.strip() == row.words:
            raise NotInterviewed({"": "Nothing is different. Change the name or what is written about it, or cancel."})
        was = {"title": row.title, "words": row.words, "because": because.strip()}
        ThemeChange.objects.create(theme=row, changed_by=by, changed_at=timezone.now(), **was)
        row.title, row.words, row.version = title.strip(), words.strip(), row.version + 1
        row.save(update_fields=["title", "words", "version"])
        log(by=by, verb="change interview theme", about=_about(row))
        return row


def merge_theme(*, by: User, theme: Theme, into: Theme | None, because: str, seen: int | None) -> Theme:
    """Merge a theme into another of the inspection: its quotes go there, and findings that rest on it rest on that.

    Raises NotAllowed, Http404, NotInterviewed, ChangedMeanwhile.
    """
    require_working(by, theme.exercise)
    problems = {}
    if into is None or into.pk == theme.pk or into.exercise_id != theme.exercise_id:
        problems["into"] = "Select another theme of this inspection"
    if not because.strip():
        problems["because"] = "Say why it is merged"
    if problems:
        raise NotInterviewed(problems)
    assert into is not None
    with transaction.atomic():
        row = _in_use(theme, seen)
        if Theme.objects.get(pk=into.pk).ended_at:
            raise NotInterviewed({"into": "This theme was merged into another or removed. Select another"})
        moved = Quote.objects.filter(theme=row).update(theme=into)
        row.merged_into = into
        _end(by, row, because)
        log(by=by, verb="merge interview theme", about=_about(row) | {"into": str(into.key), "quotes": moved})
        return row


def remove_theme(*, by: User, theme: Theme, because: str, seen: int | None) -> Theme:
    """Take a theme out of use; it stays, with its quotes and the reason, and no report has it.

    Raises NotAllowed, Http404, NotInterviewed, ChangedMeanwhile.
    """
    require_working(by, theme.exercise)
    if not because.strip():
        raise NotInterviewed({"because": "Say why it is removed"})
    with transaction.atomic():
        row = _in_use(theme, seen)
        _end(by, row, because)
        log(by=by, verb="remove interview theme", about=_about(row))
        return row


def keep_published(*, exercise: Exercise, keys: Iterable[str]) -> None:
    """Note that a report that is published now cites these themes: from then on they keep their names."""
    found = Theme.objects.filter(exercise=exercise, key__in=list(keys), published_at=None, ended_at=None)
    found.update(published_at=timezone.now())


def mark_quote(
    *,
    by: User,
    interview: Interview,
    question: str,
    theme: Theme | None,
    words: str,
    attributable: bool = False,
    submission: uuid.UUID | None = None,
) -> Quote:
    """Keep words as they were said, under a theme. Raises NotAllowed, Http404, NotInterviewed."""
    require_working(by, interview.exercise)
    problems = {}
    if not words.strip():
        problems["words"] = "Enter the words as they were said"
    if theme is None or theme.exercise_id != interview.exercise_id:
        problems["theme"] = "Select a theme of this inspection"
    if problems:
        raise NotInterviewed(problems)
    assert theme is not None
    with transaction.atomic():
        if submission and (same := Quote.objects.filter(submission=submission).first()):
            return same
        if Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk).ended_at:
            raise NotInterviewed({"theme": "This theme was merged into another or removed. Select another"})
        row = Quote.objects.create(
            submission=submission,
            interview=interview,
            question=question,
            theme=theme,
            words=words.strip(),
            attributable=attributable,
            marked_by=by,
            marked_at=timezone.now(),
        )
        _log(by, interview, "mark quote", quote=str(row.key), attributable=attributable)
        return row


def take_quote_away(*, by: User, quote: Quote) -> None:
    """Take a quote away: the note that it is from stays. A published report keeps what it has. Raises Http404."""
    require_working(by, quote.interview.exercise)
    with transaction.atomic():
        _log(by, quote.interview, "take quote away", quote=str(quote.key))
        quote.delete()


def require_working(by: User, exercise: Exercise) -> None:
    """Refuse whoever does not work on the inspection. Raises NotAllowed, Http404."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    if not works_on(by, exercise):
        raise Http404("No such inspection")


def _running(exercise: Exercise) -> Exercise:
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if not row.is_open:
        raise NotInterviewed({"": ENDED})
    return row


def _open(interview: Interview) -> Interview:
    """The interview, locked, if notes may still be taken."""
    _running(interview.exercise)
    row = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    if not row.is_open:
        raise NotInterviewed({"": FINISHED})
    return row


def _log(by: User, row: Interview, verb: str, **more: object) -> None:
    log(by=by, verb=verb, about={"exercise": str(row.exercise.key), "interview": str(row.key), **more})


def _in_use(theme: Theme, seen: int | None) -> Theme:
    """The theme, locked together with its inspection, if it may be changed by whoever has seen this version of it."""
    Exercise.objects.select_for_update(of=("self",)).get(pk=theme.exercise_id)
    row = Theme.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=theme.pk)
    if row.ended_at:
        raise NotInterviewed({"": GONE})
    if seen != row.version:
        raise ChangedMeanwhile
    return row


def _end(by: User, row: Theme, because: str) -> None:
    if row.published_at:
        raise NotInterviewed({"": CITED})
    row.ended_by, row.ended_at, row.ended_because = by, timezone.now(), because.strip()
    row.version += 1
    row.save(update_fields=["ended_by", "ended_at", "ended_because", "merged_into", "version"])


def _refuse_same_title(exercise: Exercise, title: str) -> None:
    if Theme.objects.filter(exercise=exercise, title=title.strip(), ended_at=None).exists():
        raise NotInterviewed({"title": "There is a theme of this name already"})


def _about(row: Theme) -> dict[str, object]:
    return {"exercise": str(row.exercise.key), "theme": str(row.key)}
