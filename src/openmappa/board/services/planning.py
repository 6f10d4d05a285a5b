"""The business plan: begun, agreed at a meeting, given aims and actions, and what is said of each action."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.audit.services import log
from openmappa.board.errors import NotKept
from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.plan import Aim, BusinessAction, BusinessNote, BusinessPlan
from openmappa.board.models.seats import Member
from openmappa.board.queries.figures import standards_by_id
from openmappa.board.services.keeping import Submission, refuse_what_has_changed, require_to_keep
from openmappa.core.board.plan import Step, refusal
from openmappa.ui.formats import day


@dataclass(frozen=True)
class ActionSaid:
    """What a form says of an action. ``owner`` has a seat; otherwise ``owner_words`` says who does it."""

    text: str
    due_on: date
    owner: Member | None = None
    owner_words: str = ""
    agency: Agency | None = None
    standard: str = ""


@dataclass(frozen=True)
class NoteSaid:
    """What is said of an action: the step, on which day, with what words, and at which meeting, if at one."""

    step: Step
    on: date
    words: str = ""
    late_words: str = ""
    moved_to: date | None = None
    meeting: BoardMeeting | None = None


def begin_plan(
    *, by: User, area: Area, title: str, from_on: date, until_on: date, submission: Submission = None
) -> BusinessPlan:
    """Begin a business plan. Raises NotAllowed, AnotherArea; NotKept where another runs on one of its days."""
    require_to_keep(by, area.pk)
    with transaction.atomic():
        earlier = BusinessPlan.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        if until_on <= from_on:
            raise NotKept({"until_on": "The last day must be after the first"})
        other = BusinessPlan.objects.filter(area=area, from_on__lte=until_on, until_on__gte=from_on).first()
        if other is not None:
            raise NotKept({"from_on": f"“{other.title}” runs from {day(other.from_on)} to {day(other.until_on)}"})
        row = BusinessPlan.objects.create(
            submission=submission,
            area=area,
            title=title.strip(),
            from_on=from_on,
            until_on=until_on,
            made_by=by,
            made_at=timezone.now(),
        )
        log(by=by, verb="begin business plan", about={"plan": str(row.key)})
        return row


def agree_plan(*, by: User, plan: BusinessPlan, meeting: BoardMeeting) -> BusinessPlan:
    """Say at which meeting the board agreed the plan. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, plan.area_id)
    with transaction.atomic():
        row = BusinessPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if meeting.area_id != row.area_id or meeting.cancelled_at is not None:
            raise NotKept({"meeting": "Choose a meeting of this board that was held"})
        row.agreed_in = meeting
        row.save(update_fields=["agreed_in"])
        log(by=by, verb="agree business plan", about={"plan": str(row.key), "meeting": str(meeting.key)})
        return row


def add_aim(*, by: User, plan: BusinessPlan, text: str, because: str = "", submission: Submission = None) -> Aim:
    """Add an aim. The same form sent again returns the first. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, plan.area_id)
    with transaction.atomic():
        row = BusinessPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        earlier = Aim.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        if not text.strip():
            raise NotKept({"text": "Write what is to be so"})
        last = Aim.objects.filter(plan=row).aggregate(last=Max("number"))["last"] or 0
        made = Aim.objects.create(
            submission=submission,
            plan=row,
            number=last + 1,
            text=text.strip(),
            because=because.strip(),
            added_by=by,
            added_at=timezone.now(),
        )
        log(by=by, verb="add aim", about={"plan": str(row.key), "aim": made.number})
        return made


def add_business_action(*, by: User, aim: Aim, said: ActionSaid, submission: Submission = None) -> BusinessAction:
    """Add an action to an aim. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, aim.plan.area_id)
    with transaction.atomic():
        row = Aim.objects.select_for_update(of=("self",)).select_related("plan").get(pk=aim.pk)
        earlier = BusinessAction.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        _refuse_action(row.plan, said)
        last = BusinessAction.objects.filter(aim=row).aggregate(last=Max("number"))["last"] or 0
        made = BusinessAction.objects.create(
            submission=submission,
            aim=row,
            number=last + 1,
            text=said.text.strip(),
            owner=said.owner,
            owner_words="" if said.owner else said.owner_words.strip(),
            agency=said.owner.agency if said.owner else said.agency,
            first_due_on=said.due_on,
            due_on=said.due_on,
            standard=said.standard,
            added_by=by,
            added_at=timezone.now(),
        )
        log(by=by, verb="add action to business plan", about={"action": str(made.key)})
        return made


def note_progress(
    *, by: User, action: BusinessAction, said: NoteSaid, version: int | None = None, submission: Submission = None
) -> BusinessNote:
    """Say how an action stands. What is done or dropped stays so. Raises NotAllowed, NotKept, ChangedSince."""
    require_to_keep(by, action.aim.plan.area_id)
    with transaction.atomic():
        row = BusinessAction.objects.select_for_update(of=("self",)).select_related("aim__plan").get(pk=action.pk)
        earlier = BusinessNote.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        refuse_what_has_changed(version, row.version)
        _refuse_note(row, said)
        made = BusinessNote.objects.create(
            submission=submission,
            action=row,
            step=said.step.value,
            on=said.on,
            words=said.words.strip(),
            late_words=said.late_words.strip() if said.step is Step.DONE and said.on > row.due_on else "",
            moved_to=said.moved_to if said.step is Step.MOVED else None,
            meeting=said.meeting,
            noted_by=by,
            noted_at=timezone.now(),
        )
        row.last_step = said.step.value
        row.due_on = made.moved_to or row.due_on
        row.done_on = said.on if said.step is Step.DONE else None
        row.version = F("version") + 1
        row.save(update_fields=["last_step", "due_on", "done_on", "version"])
        log(by=by, verb="note progress of business plan", about={"action": str(row.key), "step": made.step})
        return made


def _refuse_action(plan: BusinessPlan, said: ActionSaid) -> None:
    problems = {}
    if not said.text.strip():
        problems["text"] = "Write what is to be done"
    if said.owner is None and not said.owner_words.strip():
        problems["owner_words"] = "Choose the member who does it, or write who does"
    if said.owner is not None and said.owner.area_id != plan.area_id:
        problems["owner"] = "Choose a member of this board"
    if said.due_on < plan.from_on:
        problems["due_on"] = f"The plan begins on {day(plan.from_on)}. Choose that day or a later one"
    if said.standard and said.standard not in standards_by_id():
        problems["standard"] = "Select a standard, or none"
    if problems:
        raise NotKept(problems)


def _refuse_note(row: BusinessAction, said: NoteSaid) -> None:
    if row.last_step and Step(row.last_step).ends:
        raise NotKept({"": "This action is done or dropped already. Add a new one instead."})
    problems = refusal(
        said.step,
        said.words,
        due_on=row.due_on,
        on=said.on,
        moved_to=said.moved_to,
        late_words=said.late_words,
    )
    if said.on > timezone.localdate():
        problems["on"] = "The day must be today or in the past"
    if said.meeting is not None and said.meeting.area_id != row.aim.plan.area_id:
        problems["meeting"] = "Choose a meeting of this board"
    if problems:
        raise NotKept(problems)
