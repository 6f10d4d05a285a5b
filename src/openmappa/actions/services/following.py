"""Following actions up, as a job: reminders, telling upwards, owners who left, and facts recorded or voided by hand.

Each action is followed in a transaction of its own: it may be stopped at any moment, and two at once tell nobody twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import Agency, Cover, User
from openmappa.actions.models import Action, ActionQuerySet
from openmappa.actions.queries.late import rules_in_service
from openmappa.actions.services.agreeing import KIND, members_of, page_of
from openmappa.actions.services.taking import take
from openmappa.audit.services import log
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.dates import add_days
from openmappa.core.mappa.actions import StepKind, Telling, Told, lateness, tell_from, to_tell
from openmappa.core.standards.words import in_full
from openmappa.notices.services import tell
from openmappa.timeline.models import ACTION_KINDS, Fact
from openmappa.timeline.queries.who import who_answers_for

JOB = "follow_up_actions"
LATE = "action_late"
"""The kind of the notices that tell of somebody else's late action."""
DOES_ACTIONS = sorted(role.value for role in PERMISSIONS[Permission.DO_ACTION])
MARKS = {Telling.REMIND: "reminded_at", Telling.MANAGER: "manager_told_at", Telling.SMB: "smb_told_at"}


@dataclass
class FollowedUp:
    """What a job found to do."""

    in_step: int = 0
    owners_left: int = 0
    reminded: int = 0
    managers: int = 0
    board: int = 0
    to_nobody: int = 0


def follow_up() -> FollowedUp:
    """Bring actions in step with facts and people, then remind and tell upwards. For a job."""
    done = FollowedUp()
    rounds: tuple[tuple[Callable[[], ActionQuerySet], Callable[[Action, FollowedUp], None]], ...] = (
        (_out_of_step, _in_step),
        (_owner_gone, _owner_left),
        (_to_tell, _tell),
    )
    for found, follow in rounds:
        with as_job(JOB):
            keys = list(found().order_by("pk").values_list("pk", flat=True))
        for pk in keys:
            with as_job(JOB):
                row = found().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
                if row is not None:
                    follow(row, done)
    return done


def _facts_of(kind: str) -> Exists:
    standing = Fact.objects.filter(case=OuterRef("case"), kind=kind, voided_at__isnull=True)
    return Exists(standing.annotate(named=KT("details__action")).filter(named=OuterRef("number")))


def _out_of_step() -> ActionQuerySet:
    """Actions whose facts somebody recorded or voided apart from them.

    Each of the three reasons is looked for by its own index: asked for together, every action and fact was read.
    """
    voided = Fact.objects.filter(kind__in=ACTION_KINDS, voided_at__isnull=False).values("pk")
    mistaken = Action.objects.filter(fact__in=voided, mistaken=False).exclude(state="withdrawn")
    reopened = Action.objects.filter(done_fact__in=voided)
    by_hand = Action.objects.open().filter(_facts_of("action_completed"))
    keys = mistaken.values("pk").union(reopened.values("pk"), by_hand.values("pk"), all=True)
    return Action.objects.filter(pk__in=keys)


def _in_step(action: Action, done: FollowedUp) -> None:
    done.in_step += 1
    if action.fact.voided_at is not None:
        action.mistaken = True
        action.version = F("version") + 1
        action.save(update_fields=["mistaken", "version"])
        log(by=None, verb="action mistaken", case_id=action.case_id, about={"action": action.pk})
        return
    if action.done_fact is not None:
        take(action, StepKind.REOPENED, by=None, changes={"completed_on": None, "done_fact": None})
        return
    facts = Fact.objects.filter(case=action.case_id, kind="action_completed", details__action=action.number)
    fact = facts.standing()[0]
    changes = {"completed_on": fact.on, "done_fact": fact}
    words = "Recorded on the timeline of the case, without evidence here."
    take(
        action,
        StepKind.COMPLETED,
        by=fact.recorded_by,
        words=words,
        on=fact.on,
        fact=fact,
        changes=changes,
    )


def _owner_gone() -> ActionQuerySet:
    """Open actions whose owner left, does no actions any more, or went to another agency."""
    gone = Q(owner__is_active=False) | ~Q(owner__role__in=DOES_ACTIONS) | ~Q(owner__agency=F("agency"))
    return Action.objects.open().filter(gone, owner__isnull=False, owner_left=False)


def _owner_left(action: Action, done: FollowedUp) -> None:
    """It goes to their manager to hand over; to the members of a partner agency, which has none here."""
    owner = action.owner
    assert owner is not None
    done.owners_left += 1
    changes: dict[str, object] = {"owner_left": True}
    if action.agency.kind in (Agency.Kind.POLICE, Agency.Kind.PROBATION):
        people = who_answers_for(owner, action.case)
        changes["stand_in"] = next((one for one in people if one.role == Role.LINE_MANAGER), None)
    else:
        people = members_of(action.agency)
        changes |= {"owner": None, "owner_words": f"{owner.full_name}, who has left"[:150]}
    take(action, StepKind.OWNER_LEFT, by=None, person=owner, changes=changes)
    coordinators = User.objects.filter(role=Role.MAPPA_COORDINATOR, area_id=action.area_id, is_active=True)
    tell(
        people=[*people, *coordinators],
        kind=KIND,
        words=f"The owner of action {action.number} on case {action.reference} has left, or does no actions any more. "
        f"It is due on {in_full(action.due_on)}. Hand it over or do it.",
        case_id=action.case_id,
        link=page_of(action),
        due_on=action.due_on,
    )


def _to_tell() -> ActionQuerySet:
    """Open actions of which somebody has to be told today."""
    today, rules = timezone.localdate(), rules_in_service()
    soon = Q(reminded_at__isnull=True, due_on__range=(today, tell_from(today, rules)))
    late = Q(manager_told_at__isnull=True, due_on__lte=add_days(today, -rules.manager_days_late))
    later = Q(smb_told_at__isnull=True, due_on__lte=add_days(today, -rules.smb_days_late))
    return Action.objects.open().filter(soon | late | later)


def _tell(action: Action, done: FollowedUp) -> None:
    """Tell each who is to hear of it today, once."""
    told = Told(*(getattr(action, name) is not None for name in MARKS.values()))
    marked: dict[str, list[int]] = {}
    for telling in to_tell(action.due_on, told, timezone.localdate(), rules_in_service()):
        people = list(_people_for(telling, action))
        if not people:
            done.to_nobody += 1
            continue
        owner_told = telling is not Telling.SMB
        _say(telling, action, people, linked=owner_told)
        setattr(action, MARKS[telling], timezone.now())
        marked[telling.value] = sorted(person.pk for person in people)
        _count(telling, done)
    if marked:
        action.save(update_fields=[MARKS[Telling(name)] for name in marked])
        about: dict[str, object] = {"action": action.pk, "told": marked}
        log(by=None, verb="follow up action", case_id=action.case_id, about=about)


def _people_for(telling: Telling, action: Action) -> Iterable[User]:
    if telling is Telling.REMIND:
        return _doing(action)
    if telling is Telling.MANAGER:
        if action.owner is not None:
            return {
                person.pk: person for person in [*who_answers_for(action.owner, action.case), *_doing(action)]
            }.values()
        return [*_doing(action), *_coordinators(action)]
    board = User.objects.filter(role=Role.SMB_MEMBER, area_id=action.area_id, is_active=True)
    return list(board.filter(agency=action.agency_id)) or list(board) or _coordinators(action)


def _doing(action: Action) -> list[User]:
    """Who does the action now: its owner and who covers for them, who stands in, or the agency's members."""
    if action.owner is None:
        return members_of(action.agency)
    covers = Cover.objects.in_force_on(timezone.localdate()).filter(absent=action.owner).select_related("covering")
    found = [action.owner, *(cover.covering for cover in covers)]
    found += [action.stand_in] if action.stand_in else []
    return [person for person in found if person.is_active]


def _coordinators(action: Action) -> list[User]:
    rows = User.objects.filter(role=Role.MAPPA_COORDINATOR, area_id=action.area_id, is_active=True)
    return list(rows)


def _say(telling: Telling, action: Action, people: list[User], *, linked: bool) -> None:
    """Tell them in words for each: whoever does the action is not asked to ask themselves what stands in the way."""
    doing = {person.pk for person in _doing(action)} if telling is Telling.MANAGER else set()
    theirs = [person for person in people if person.pk in doing]
    others = [person for person in people if person.pk not in doing]
    if theirs:
        _put(telling, action, theirs, linked=linked, mine=True)
    if others:
        _put(telling, action, others, linked=linked, mine=False)


def _put(telling: Telling, action: Action, people: list[User], *, linked: bool, mine: bool) -> None:
    which = f"action {action.number} on case {action.reference}"
    late = lateness(action.due_on, timezone.localdate())
    day = f"{action.due_on:%A} {in_full(action.due_on)}"
    words = {
        Telling.REMIND: f"{late}: {which}, on {day}. Do it, or say what stands in the way.",
        Telling.MANAGER: f"{late}: {which}, of {action.whose}. It was due on {day}. Ask what stands in the way.",
        Telling.SMB: f"{late}: {which}, of {action.agency.name}. It was due on {day}. Its manager has been told.",
    }[telling]
    if mine:
        words = f"{late}: {which}, yours to do. It was due on {day}. Do it, or say what stands in the way."
    tell(
        people=people,
        kind=KIND if telling is Telling.REMIND else LATE,
        words=words[:300],
        case_id=action.case_id,
        link=page_of(action) if linked else "",
        due_on=action.due_on if telling is Telling.REMIND else None,
    )


def _count(telling: Telling, done: FollowedUp) -> None:
    done.reminded += telling is Telling.REMIND
    done.managers += telling is Telling.MANAGER
    done.board += telling is Telling.SMB
