"""What is on its way between areas, what stands in its way, and who brokers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from openmappa.accounts.models import Area, Cover, User
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.mappa.transfers import HeldMeeting, Request, Span, faults_of, meetings_that_count, needs_meeting
from openmappa.core.packs.load import IN_SERVICE, load_transfers
from openmappa.core.packs.transfers_rules import TransferRules
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.timeline.models import Fact, Standing
from openmappa.transfers.models import Approval, ContactDetails, Transfer, TransferQuerySet
from openmappa.transfers.words import Kind, Side, State

HOLDS = {"police": Role.POLICE_OFFICER, "probation": Role.CASE_MANAGER}
"""The role of whoever is responsible for a case, by service."""


def rules() -> TransferRules:
    """The rules of transfers in service."""
    return load_transfers(IN_SERVICE[0])


def brokers(user: User, area_id: int) -> bool:
    """Whether this person coordinates MAPPA in an area, themselves or for somebody absent."""
    return user.may(Permission.BROKER_TRANSFER) and area_id in reach_of(user).areas


def side_of(user: User, transfer: Transfer) -> Side | None:
    """The side on which this person works, by the area of their own; None on neither."""
    sides = {transfer.from_area_id: Side.SENDING, transfer.to_area_id: Side.RECEIVING}
    return sides.get(user.area_id) if user.area_id is not None else None


def coordinators_of(area_id: int) -> list[User]:
    """The MAPPA coordinators of an area who are there. One query."""
    return list(User.objects.filter(role=Role.MAPPA_COORDINATOR, area_id=area_id, is_active=True).order_by("full_name"))


def brokers_of(area_id: int, today: date) -> list[User]:
    """The coordinators of an area, and whoever covers for one of them today and may broker. Two queries."""
    own = coordinators_of(area_id)
    covers = Cover.objects.in_force_on(today).filter(absent__in=own, covering__is_active=True)
    covering = [cover.covering for cover in covers.select_related("covering__agency")]
    more = [each for each in covering if each.may(Permission.BROKER_TRANSFER)]
    return list({person.pk: person for person in [*own, *more]}.values())


def chief_officers_of(area_id: int) -> list[User]:
    """Who may approve for an area: people there of a rank that counts. One query."""
    ranks = [rank.value for rank in rules().chief_officer.ranks]
    roles = [Role.LINE_MANAGER, Role.MAPPA_COORDINATOR]
    return list(User.objects.filter(area_id=area_id, rank__in=ranks, role__in=roles, is_active=True))


def people_who_can_hold(area: Area, service: str) -> list[User]:
    """The people of an area who can be responsible for a case, of one service. One query."""
    return list(
        User.objects.filter(
            is_active=True, unit__area=area, role=HOLDS[service], agency__kind=service, unit__isnull=False
        )
        .select_related("unit", "agency")
        .order_by("unit__name", "full_name")
    )


def level_of(case: Case) -> Standing:
    """Where a case stands; nowhere where it has no fact."""
    return Standing.objects.filter(case=case).first() or Standing(case_id=case.pk)


def whole(transfers: TransferQuerySet) -> TransferQuerySet:
    """Transfers with the areas, people and approvals that pages name, without the case. Two queries."""
    approvals = Approval.objects.select_related("by__agency")
    return transfers.select_related(
        "from_area", "to_area", "asked_by", "sent_by", "ended_by", "police_officer__unit", "case_manager__unit"
    ).prefetch_related(Prefetch("approvals", approvals))


def transfers_open(area: Area) -> QuerySet[Transfer]:
    """What is on its way from and to an area, the longest waiting first; for the coordinators' desk."""
    either = Q(from_area=area) | Q(to_area=area)
    return whole(Transfer.objects.filter(either).open()).order_by("due_on", "asked_at", "pk")


def open_transfer_of(case: Case) -> Transfer | None:
    """The transfer of a case that is asked for or sent; None where there is none. One query."""
    return Transfer.objects.filter(case=case).open().select_related("to_area", "from_area").first()


def held_meetings(transfer: Transfer) -> list[HeldMeeting]:
    """The meetings held on the case since the transfer was asked for, and whether the receiving area was invited.

    Every ``mappa_meeting_held`` counts; invitations are known where the meeting was run here. Two queries.
    """
    since = timezone.localdate(transfer.asked_at)
    facts = Fact.objects.standing().filter(case_id=transfer.case_id, kind="mappa_meeting_held", on__gte=since)
    of_the_area = (
        Q(person__area_id=transfer.to_area_id)
        | Q(person__unit__area_id=transfer.to_area_id)
        | Q(entry__area_id=transfer.to_area_id)
    )
    invited = Invitee.objects.filter(of_the_area, case_id=transfer.case_id, withdrawn_at__isnull=True)
    shown = set(invited.exclude(meeting__fact__isnull=True).values_list("meeting__fact_id", flat=True))
    return [HeldMeeting(fact.on, int(str(fact.details["level"])), fact.pk in shown) for fact in facts]


def request_of(transfer: Transfer, level: int | None) -> Request:
    """The transfer as the rules of sending look at it. One query."""
    approved = Approval.objects.filter(transfer=transfer, side=Side.SENDING).exists()
    return Request(level, timezone.localdate(transfer.asked_at), approved)


def meeting_it_rests_on(transfer: Transfer, level: int | None, today: date) -> HeldMeeting | None:
    """The meeting that the transfer rests on; None where none is needed or none was held."""
    if transfer.kind == Kind.GIVE_BACK or not needs_meeting(rules(), level):
        return None
    counting = meetings_that_count(rules(), request_of(transfer, level), held_meetings(transfer), today)
    return counting[0] if counting else None


def approved(transfer: Transfer, side: Side) -> bool:
    """Whether a chief officer of a side has approved it. One query."""
    return Approval.objects.filter(transfer=transfer, side=side).exists()


def meetings_still_to_come(case: Case) -> list[Meeting]:
    """The meetings on a case that are on a list and neither over nor called off, the first one first. One query."""
    rows = Meeting.objects.filter(
        case=case, closed_at__isnull=True, taken_off_at__isnull=True, sitting__cancelled_at__isnull=True
    )
    return list(rows.select_related("sitting").order_by("starts_at"))


def reads_case(user: User, transfer: Transfer) -> bool:
    """Whether this person opens the case of a transfer that they see."""
    return Case.objects.visible_to(user).filter(pk=transfer.case_id).exists()


def spans_of(rows: Iterable[tuple[object, object]]) -> Sequence[Span]:
    """Rows of instants, the earliest first, as the rules look at them."""
    return [Span(*row) for row in rows]  # type: ignore[arg-type]


def unclear(case: Case) -> tuple[str, ...]:
    """Where responsibility for a case was unclear; nothing, since the database refuses it."""
    return faults_of(spans_of(case.responsibilities.order_by("number").values_list("from_at", "until_at")))


def contact_of(user: User) -> ContactDetails | None:
    """What a coordinator wrote of how they are reached. One query."""
    return ContactDetails.objects.filter(person=user).first()


def waiting_for(user: User) -> TransferQuerySet:
    """What this person sees on its way, and what ended in their view, the newest first."""
    return whole(Transfer.objects.visible_to(user)).order_by("-asked_at", "-pk")


def late(today: date) -> QuerySet[Transfer]:
    """Transfers sent and not answered in time."""
    return Transfer.objects.filter(state=State.SENT, due_on__lt=today).order_by("pk")


@dataclass(frozen=True)
class Listed:
    """A coordinator in the directory: how they are reached, and who covers for them today."""

    person: User
    details: ContactDetails | None
    covered_by: tuple[User, ...]


def directory(today: date) -> list[tuple[Area, list[Listed]]]:
    """Every area with its coordinators, by name; an area without one is there too. Four queries."""
    people = list(
        User.objects.filter(role=Role.MAPPA_COORDINATOR, is_active=True, area__isnull=False).order_by("full_name")
    )
    details = {each.person_id: each for each in ContactDetails.objects.filter(person__in=people)}
    covers: dict[int, list[User]] = {}
    for cover in Cover.objects.in_force_on(today).filter(absent__in=people).select_related("covering__agency"):
        covers.setdefault(cover.absent_id, []).append(cover.covering)
    listed: dict[int | None, list[Listed]] = {}
    for person in people:
        row = Listed(person, details.get(person.pk), tuple(covers.get(person.pk, ())))
        listed.setdefault(person.area_id, []).append(row)
    return [(area, listed.get(area.pk, [])) for area in Area.objects.order_by("name")]
